// A speed-meeting evening for twelve people: from choosing them to cards, a replacement, marks and a lasting pair.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { press, words } from "../support/steps.mjs";

story("twelve people meet by the table, and two go on", async ({ page, newPerson }) => {
  await signIn(page, "curator");
  await page.goto("/speed");
  await checkPage(page);
  await page.getByRole("link", { name: "Назначить вечер" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByLabel("Место").fill("Актовый зал");
  const day = new Date(Date.now() + 5 * 3600 * 1000).toISOString().slice(0, 10);
  await page.getByLabel("День").fill(day);
  await press(page, "Составить таблицу");
  assert.match(await words(page), /Выберите хотя бы одного наставника/);
  await checkPage(page);
  const mentors = page.locator('input[name="mentors"]');
  for (let number = 0; number < 5; number += 1) await mentors.nth(number).check();
  const summary = page.getByText(/^Другие педагоги/);
  if (!(await page.locator("details[open] summary", { hasText: "Другие педагоги" }).count())) await summary.click();
  const chosen = new Set();
  for (let number = 0; number < 5; number += 1) chosen.add(await mentors.nth(number).getAttribute("value"));
  const mentees = page.locator('input[name="mentees"]');
  let taken = 0;
  for (let number = 0; taken < 7; number += 1) {
    if (chosen.has(await mentees.nth(number).getAttribute("value"))) continue;
    await mentees.nth(number).check();
    taken += 1;
  }
  await press(page, "Составить таблицу");
  assert.match(await words(page), /Вечер назначен/);
  const evening = new URL(page.url()).pathname;
  assert.equal(await page.locator(".table-wide tbody tr").count(), 6);
  await checkPage(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Карточки участников" }).first().click(),
  ]);
  const cards = await readFile(await download.path());
  assert.equal(cards.subarray(0, 5).toString(), "%PDF-");

  // One of the teachers is ill: somebody takes the seat, all other cards stay.
  const table = page.locator(".table-wide table");
  const gone = (await table.locator("tbody td").first().innerText()).trim();
  await page.getByText("Кто-то не пришёл или ушёл").click();
  const leaving = page.getByLabel("Кто не пришёл или ушёл");
  const surname = gone.split(/\s/)[0];
  const option = leaving.locator("option", { hasText: surname }).first();
  await leaving.selectOption(await option.getAttribute("value"));
  const instead = page.getByLabel("Кто вместо");
  await instead.selectOption({ index: (await instead.locator("option").count()) - 1 });
  await press(page, "Записать замену");
  assert.match(await words(page), /Замена сделана/);
  assert.notEqual((await table.locator("tbody td").first().innerText()).trim(), gone);

  await page.getByRole("link", { name: "Отметить встречи" }).click();
  await page.getByRole("heading", { name: "Кто встретился" }).waitFor();
  await page.locator('input[name="met"]').nth(1).check();
  await page.locator('input[name="mentor_wishes"]').first().check();
  await page.locator('input[name="mentee_wishes"]').first().check();
  await checkPage(page);
  await press(page, "Сохранить отметки");
  assert.match(await words(page), /хотят оба/);
  assert.match(await words(page), /4\s+человека встретились/);
  await checkPage(page);
  await page.getByRole("link", { name: /Составить пару/ }).first().click();
  await page.getByRole("heading", { name: "Новая пара или группа" }).waitFor();
  assert.equal(await page.locator('input[name="mentees"]:checked').count(), 1);

  const person = await newPerson();
  await signIn(person, "mentor");
  await person.goto("/own/speed");
  await checkPage(person);
  assert.match(await words(person), /стол \d/);
  assert.ok(evening.startsWith("/speed/"));
});
