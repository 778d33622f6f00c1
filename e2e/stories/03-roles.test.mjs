// Everybody's first page and every section they may open: in order at both sizes, without a mistake of accessibility.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";

// A story for each contour: all roles in one would outgrow the time of a story.
const CONTOURS = {
  "of the city and the region": ["admin", "department", "support-center", "resource-center", "tutor", "region"],
  "that leads in a school": ["director", "curator", "council"],
  "of a pair and beside it": ["mentor", "mentee", "psychologist", "union"],
};

for (const [contour, logins] of Object.entries(CONTOURS)) {
  story(`every role ${contour} opens every section it is offered`, async ({ page, newPerson }) => {
    await page.goto("/login");
    await checkPage(page);
    for (const login of logins) await opensEverything(await newPerson(), login);
  });
}

async function opensEverything(person, login) {
  await signIn(person, login);
  const links = person.locator("nav.sections a.nav-link");
  const sections = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  assert.ok(sections.includes("/"), `${login} has a home`);
  for (const section of sections) {
    const answer = await person.goto(section);
    assert.equal(answer.status(), 200, `${login} ${section}`);
    assert.match(await person.locator("html").getAttribute("lang"), /^ru/);
    await checkPage(person);
  }
  await person.context().close();
}

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
