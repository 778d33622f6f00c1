// Steps that several stories take.
import assert from "node:assert/strict";

/** Opens a one-time link, sets a password and lands on the home page. */
export async function firstEntry(page, link, password = "три весёлых зайца") {
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Пароль", { exact: true }).fill(password);
  await page.getByLabel("Пароль ещё раз").fill(password);
  await page.getByRole("button", { name: "Задать пароль и войти" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** The page of an organization; returns its address. */
export async function openOrganization(page, name) {
  await page.goto(`/organizations?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).first().click();
  await page.waitForLoadState();
  return new URL(page.url()).pathname;
}

/** Prints somebody's slip with the one-time link. */
export async function printSlip(page, organization, person) {
  const place = await openOrganization(page, organization);
  await page.goto(`${place}/logins`);
  await page.getByRole("checkbox", { name: new RegExp(person) }).check();
  const [slips] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Напечатать отмеченным" }).click(),
  ]);
  assert.match(slips.suggestedFilename(), /\.pdf$/);
}

/** The link a printed slip would carry, asked of the console. */
export async function slipOf(app, login) {
  const printed = await app.run("user", "link", login);
  const link = printed.match(/https?:\S+\/invitations\/\S+/)?.[0];
  assert.ok(link, printed);
  return link;
}

/** Presses the one button of this name and waits for the page it leads to. */
export async function press(page, name, where = page) {
  await where.getByRole("button", { name }).first().click();
  await page.waitForLoadState();
}

/** Opens a page of a pair by its name: one of those at a glance, or one that stands under «Ещё». */
export async function openPart(page, name) {
  const parts = page.getByRole("navigation", { name: "Разделы пары" });
  const more = parts.locator("summary");
  const part = parts.locator("a", { hasText: new RegExp(`^${name}`) });
  if (!(await part.isVisible())) await more.click();
  await part.click();
  await page.waitForLoadState();
}

/** The text of the main part of the page. */
export async function words(page) {
  return (await page.locator("main").innerText()).replace(/\u00a0/g, " ");
}

/** What is wrong with the form, if anything: for a story to fail with words instead of a missing element. */
export async function notRefused(page) {
  const errors = page.locator("[data-errors]");
  assert.equal(await errors.count(), 0, (await errors.count()) ? await errors.innerText() : "");
}
