// The bank through a year: a filter under a name, records confirmed at once, the table to Excel and back, the city's map.
import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { press, words } from "../support/steps.mjs";
import { columnOf, withSheet } from "../support/xlsx.mjs";

story("the curator names a filter and confirms what has grown old", async ({ page }) => {
  await signIn(page, "curator");
  await page.goto("/");
  assert.match(await words(page), /Подтвердите записи банка/);
  await page.goto("/bank/mentors?ready=yes");
  await checkPage(page);
  await page.getByText("Сохранить эти условия").click();
  await page.getByLabel("Название фильтра").fill("Можно предлагать");
  await checkPage(page);
  await press(page, "Сохранить фильтр");
  assert.equal(await page.locator(".chip[aria-current]").innerText(), "Можно предлагать");
  await page.getByText("Переименовать или удалить").click();
  await checkPage(page);

  await page.goto("/bank/mentors?fresh=due");
  assert.match(await words(page), /устарела/);
  await checkPage(page);
  await page.getByLabel(/Все записи по этим условиям/).check();
  await press(page, "Подтвердить выбранные записи");
  assert.match(await words(page), /Никого не нашлось/);
  await page.goto("/");
  assert.doesNotMatch(await words(page), /Подтвердите записи банка/);
});

story("a table goes to Excel and comes back with exactly one change", async ({ page }) => {
  await signIn(page, "curator");
  await page.goto("/bank/mentors");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Выгрузить в Excel" }).click()]);
  const book = await readFile(await download.path());
  const folder = await mkdtemp(path.join(tmpdir(), "nastavnik-table-"));
  const changed = path.join(folder, "кандидаты.xlsx");
  await writeFile(changed, withSheet(book, (sheet) => {
    const column = columnOf(sheet, "Мест всего");
    return sheet.replace(new RegExp(`(<c r="${column}3"[^>]*><v>)\\d+`), "$15");
  }));

  await page.getByRole("link", { name: "Загрузить изменённую" }).click();
  await checkPage(page);
  await page.locator('input[type="file"]').setInputFiles(changed);
  await press(page, "Показать изменения");
  assert.match(await words(page), /Что изменится: 1 ячейка, 1 запись/);
  await checkPage(page);
  await press(page, "Внести изменения");
  assert.match(await words(page), /Внесено 1 изменение в 1 запись/);
  await checkPage(page);
  await page.goto("/bank/mentors?places=free");
  assert.match(await words(page), /из 5/);
});

story("the department and a curator open the map of deficits", async ({ page, newPerson }) => {
  await signIn(page, "department");
  await page.goto("/");
  await page.getByRole("link", { name: "Карта дефицитов" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await checkPage(page);
  for (const login of ["curator", "director", "region"]) {
    const person = await newPerson();
    await signIn(person, login);
    await person.goto("/deficits?show=strengths");
    await checkPage(person);
  }
});
