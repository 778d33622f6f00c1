// Matching: the curator runs it, reads why, tries a variant, compares, makes drafts; the department changes weights.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

story("the curator runs a matching, reads why, pins, compares and makes drafts", async ({ page }) => {
  await signIn(page, "curator");
  assert.match(await words(page), /подберите пары/);
  await page.getByRole("link", { name: "Подбор", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Подбор пар" }).waitFor();
  await checkPage(page);
  await press(page, "Подобрать пары");
  await page.getByRole("heading", { name: "Предложенные пары" }).waitFor();
  assert.match(await words(page), /Подбор сохранён|Предложено: \d+ пар/);
  await checkPage(page);
  await page.getByRole("link", { name: "Раскрыть обоснования" }).click();
  await page.getByRole("link", { name: "Свернуть обоснования" }).waitFor();
  assert.match(await words(page), /нужна помощь: /);
  assert.match(await words(page), /работают в одной организации/);
  await checkPage(page);

  // What if: the first pair is set aside, and the two runs are compared.
  await page.getByRole("button", { name: /^Исключить/ }).first().click();
  await page.getByText("Исключена: ").waitFor();
  await checkPage(page);
  await page.getByRole("link", { name: "что изменилось" }).click();
  await page.getByRole("heading", { level: 1, name: "Сравнение подборов" }).waitFor();
  assert.match(await words(page), /Изменение касается: /);
  await checkPage(page);

  // A pin against the rules is told at its field, in words.
  await page.goBack();
  await press(page, "Пересчитать");
  assert.match(await words(page), /Исправьте ошибки/);
  await checkPage(page);

  // Drafts from the run as it was.
  await page.getByRole("link", { name: "прежний подбор" }).click();
  await page.getByRole("heading", { name: "Предложенные пары" }).waitFor();
  await press(page, "Составить пары из отмеченных");
  await notRefused(page);
  assert.match(await words(page), /Составлены черновики: /);
  await checkPage(page);
  await page.getByRole("link", { name: /^Пара составлена/ }).first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.match(page.url(), /\/pairs\//);
});

story("the department changes the weights, and only from a day on", async ({ page, newPerson }) => {
  await signIn(page, "department");
  await page.goto("/matching");
  await checkPage(page);
  await page.getByRole("link", { name: "Веса подбора" }).click();
  await page.getByRole("heading", { level: 1, name: "Веса подбора" }).waitFor();
  await checkPage(page);
  await page.getByLabel("Предмет", { exact: true }).fill("250");
  await page.getByLabel("Основание", { exact: true }).fill("Приказ департамента № 12");
  await press(page, "Записать веса");
  assert.match(await words(page), /должны давать 1000 баллов, а дают 1050/);
  await checkPage(page);
  await page.getByLabel("Помощь, которая нужна").fill("300");
  await press(page, "Записать веса");
  await notRefused(page);
  assert.match(await words(page), /Приказ департамента № 12/);
  await page.goto("/matching");
  await press(page, "Подобрать пары");
  await notRefused(page);
  const told = await words(page);
  assert.match(told, /их читает только куратор организации/);
  assert.doesNotMatch(told, /пожелание/);
  await checkPage(page);

  const region = await newPerson();
  await signIn(region, "region");
  await region.goto("/matching");
  await region.locator("tbody a").first().click();
  await region.getByText("Регион видит подбор в числах").waitFor();
  await checkPage(region);
});
