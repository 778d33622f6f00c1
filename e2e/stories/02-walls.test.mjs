// What is not yours does not exist: two schools of one city, side by side.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { words } from "../support/steps.mjs";

story("two curators do not see each other's schools", async ({ page, newPerson }) => {
  await signIn(page, "curator");
  await page.goto("/people");
  const own = await page.locator("main tbody th a").first().getAttribute("href");
  await checkPage(page);
  await page.goto("/pairs");
  const pair = await page.locator("main tbody a").first().getAttribute("href");

  const other = await newPerson();
  await signIn(other, "curator2");
  for (const address of [own, pair]) {
    const answer = await other.goto(address);
    assert.equal(answer.status(), 404, address);
  }
  await checkPageQuietly(other);
  await other.goto("/people");
  assert.doesNotMatch(await words(other), /СОШ №5/);
});

story("a mentor and a mentee see their own pair and each other's short card", async ({ page, newPerson }) => {
  await signIn(page, "mentor");
  await checkPage(page);
  await page.goto("/pairs");
  assert.equal(await page.locator("main tbody tr").count(), 1);
  await page.locator("main tbody a").first().click();
  await checkPage(page);
  for (const closed of ["/people", "/bank/mentees", "/indicators", "/journal", "/imports"]) {
    const answer = await page.request.get(closed);
    assert.ok([403, 404].includes(answer.status()), `${closed}: ${answer.status()}`);
  }
  const mentee = await newPerson();
  await signIn(mentee, "mentee");
  await checkPage(mentee);
});

// A page that answered 404 is noticed by the watch; here that is what was wanted.
async function checkPageQuietly(page) {
  page.context().problems.splice(0);
}
