// An agreement of two schools: what is typed wrong, the record, its paper, the pair that stands on it, what the other school sees.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

story("the curator records an agreement, the other school reads it", async ({ page, newPerson }) => {
  await signIn(page, "curator");
  assert.match(await words(page), /1 договор о сотрудничестве/);
  await page.goto("/agreements");
  assert.match(await words(page), /скоро закончится/);
  await checkPage(page);
  await page.getByRole("link", { name: "Записать договор" }).click();
  await page.getByText("Партнёр вне системы").click();
  await page.getByLabel("Полное название").fill("АНО «Кружок»");
  await page.getByLabel("ИНН").fill("7707083890");
  await press(page, "Записать договор");
  assert.match(await words(page), /контрольные цифры/);
  await checkPage(page);
  await page.getByLabel("ИНН").fill("7707083893");
  await press(page, "Записать договор");
  await notRefused(page);
  assert.match(await words(page), /Договор записан/);
  await checkPage(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF" }).click()]);
  assert.match(file.suggestedFilename(), /Договор о сотрудничестве/);
  await page.getByText("Прекратить договор", { exact: true }).first().click();
  await page.getByLabel("Причина").fill("кружок закрыт");
  await page.locator("details.confirm button.btn-danger").click();
  await page.waitForLoadState();
  assert.match(await words(page), /кружок закрыт/);

  // The pair of two schools says on what it stands and who pays.
  await page.goto("/agreements?state=in_force");
  await page.locator("main tbody th a").first().click();
  await page.locator('main ul.plain a[href^="/pairs/"]').first().click();
  assert.match(await words(page), /Кто платит наставнику/);
  await checkPage(page);

  const other = await newPerson();
  await signIn(other, "curator2");
  await other.goto("/agreements");
  await other.locator("main tbody th a").first().click();
  await other.getByRole("heading", { level: 1 }).waitFor();
  assert.match(await words(other), /у другой стороны/);
  assert.equal(await other.getByRole("link", { name: "Изменить условия" }).count(), 0);
  await checkPage(other);
});
