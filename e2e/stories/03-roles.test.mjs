// Everybody's first page and every section they may open: in order at both sizes, without a mistake of accessibility.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";

const LOGINS = [
  "admin", "department", "support-center", "resource-center", "director", "curator", "mentor", "mentee", "council",
  "psychologist", "union", "tutor", "region",
];

story("every role opens every section it is offered", async ({ page, newPerson }) => {
  await page.goto("/login");
  await checkPage(page);
  for (const login of LOGINS) {
    const person = await newPerson();
    await signIn(person, login);
    const sections = await person.locator("nav.sections a.nav-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.ok(sections.includes("/"), `${login} has a home`);
    for (const section of sections) {
      const answer = await person.goto(section);
      assert.equal(answer.status(), 200, `${login} ${section}`);
      assert.match(await person.locator("html").getAttribute("lang"), /^ru/);
      await checkPage(person);
    }
    await person.context().close();
  }
});

story("the components, the rules and the high-contrast version", async ({ page }) => {
  for (const address of ["/dev/ui", "/about", "/clauses"]) {
    await page.goto(address);
    await checkPage(page);
  }
  await page.goto("/login");
  await page.getByText("Вид", { exact: true }).click();
  await page.getByRole("button", { name: /чёрным по белому/i }).click();
  assert.equal(await page.locator("html").getAttribute("data-contrast"), "light");
  await checkPage(page);
});
