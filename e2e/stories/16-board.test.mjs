// The board of pairs: what asks for attention, by which reason, and from there to the next step.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { words } from "../support/steps.mjs";

story("the curator looks over all pairs and goes to the next step of one", async ({ page, newPerson }) => {
  await signIn(page, "curator");
  await page.goto("/pairs");
  await page.getByRole("link", { name: "Доска", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Доска пар" }).waitFor();
  assert.match(await words(page), /Дни наставничества и документы/);
  await checkPage(page);

  await page.getByLabel("Что нужно").selectOption("papers");
  await page.getByRole("button", { name: "Найти" }).click();
  await page.waitForURL(/need=papers/);
  assert.match(await words(page), /собрать документы/);
  await checkPage(page);
  const pair = page.getByRole("link", { name: /^Открыть пару/ }).first();
  const address = await pair.getAttribute("href");
  await pair.click();
  await page.waitForURL(`**${address}`);
  await checkPage(page);

  await page.goto("/pairs/board?sort=-days");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Выгрузить в Excel" }).click()]);
  assert.match(download.suggestedFilename(), /^Доска пар на .*\.xlsx$/);

  const director = await newPerson();
  await signIn(director, "director");
  await director.goto("/pairs/board");
  await checkPage(director);
  const teacher = await newPerson();
  await signIn(teacher, "mentor");
  const refused = await teacher.request.get("/pairs/board");
  assert.equal(refused.status(), 404);
});
