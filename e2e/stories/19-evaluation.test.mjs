// A program is evaluated in January: report and reflection stand ready and are signed, the curator reads numbers and
// concludes, the director confirms. Words of the pair stay in the pair.
import assert from "node:assert/strict";
import { checkPage, PHONE } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const SECRET = "Тайна двоих: страшно идти в девятый класс";
// The pair of the demo city works for half a year from the day the city was filled on. Filled in autumn, it has a January;
// otherwise the story is told of its last day.
const filled = new Date();
const inJanuary = filled.getMonth() >= 8;
const last = new Date(filled.getTime() + 180 * 86400000).toISOString().slice(0, 10);
const today = inJanuary ? `${filled.getFullYear() + 1}-01-20` : last;
const [wave, decision, follows, step] = inJanuary
  ? [/Промежуточная оценка/, /^Уточнить программу/, /Пара начинает новую редакцию программы/, /Открыть программу|Начать новую редакцию/]
  : [/Итоговая оценка/, /^Завершить/, /Готовится приказ о прекращении/, /Приказ готовит куратор/];

story("an evaluation in January", { args: ["--today", today] }, async ({ page, newPerson }) => {
  // The mentee marks the beginning and signs the reflection, on a phone.
  await page.setViewportSize(PHONE);
  await signIn(page, "mentee");
  await page.goto("/pairs?state=active");
  const pair = await page.locator("main tbody a").first().getAttribute("href");
  await page.goto(`${pair}/evaluations`);
  await checkPage(page);
  await row(page, "Спокойствие и уверенность", "бывает по-разному");
  await press(page, "Отметить начало");
  await notRefused(page);
  await page.getByRole("link", { name: wave }).click();
  await page.waitForLoadState();
  const evaluation = new URL(page.url()).pathname;
  assert.match(await page.getByLabel("Текст").inputValue(), /Мы встретились \d+\sраз/);
  await checkPage(page);
  await row(page, "Спокойствие и уверенность", "хорошо");
  await page.getByText("Три вопроса, если хочется добавить").click();
  await page.getByLabel("Что не удалось").fill(SECRET);
  await press(page, "Подписать рефлексию");
  await notRefused(page);
  assert.match(await words(page), new RegExp(SECRET));
  await checkPage(page);

  const mentor = await newPerson();
  await signIn(mentor, "mentor");
  assert.match(await words(mentor), /Проверьте и подпишите отчёт наставника/);
  await mentor.goto(evaluation);
  assert.match(await mentor.getByLabel("Текст").inputValue(), /Проведен[оаы] \d+\sвстреч/);
  assert.match(await words(mentor), new RegExp(SECRET));
  await press(mentor, "Подписать отчёт");
  await notRefused(mentor);

  // The curator: the list, the facts, the checklist filled where facts speak.
  const curator = await newPerson();
  await signIn(curator, "curator");
  assert.match(await words(curator), /Подведите итог оценки/);
  await curator.goto("/evaluations?state=conclude");
  await checkPage(curator);
  await curator.goto(evaluation);
  assert.doesNotMatch(await curator.content(), new RegExp(SECRET));
  assert.match(await words(curator), /По фактам: /);
  await checkPage(curator);
  for (const group of await curator.locator("#conclude fieldset").all()) {
    const chosen = await group.locator("input:checked").count();
    if (!chosen) await group.locator("label").first().click();
  }
  await curator.getByRole("radio", { name: decision }).check();
  await press(curator, "Подвести итог");
  assert.match(await words(curator), /Заполните поле «Почему такое решение»/);
  await checkPage(curator);
  await curator.getByLabel("Почему такое решение").fill("Тема пройдена раньше, пара готова к открытому уроку.");
  await press(curator, "Подвести итог");
  await notRefused(curator);

  const director = await newPerson();
  await signIn(director, "director");
  assert.match(await words(director), /Утвердите оценку/);
  await director.goto(evaluation);
  await checkPage(director);
  await press(director, "Утвердить оценку");
  await notRefused(director);
  assert.match(await words(director), /Лист оценки № \d+-ЛО/);
  assert.doesNotMatch(await director.content(), new RegExp(SECRET));
  await checkPage(director);

  await page.goto(evaluation);
  assert.match(await words(page), follows);
  assert.match(await words(page), step);
  const [sheet] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Скачать лист оценки" }).click(),
  ]);
  assert.match(sheet.suggestedFilename(), /^Лист оценки \d+-ЛО-\d+\.pdf$/);
  // The card of the pair says what was decided.
  await page.goto(pair);
  assert.match(await words(page), /оценка.*: решено/);
  await checkPage(page);
});

story("an evaluation that is over, in the demo city", async ({ page }) => {
  await signIn(page, "curator2");
  await page.goto("/evaluations");
  await checkPage(page);
  await page.goto("/evaluations?state=confirmed");
  await page.locator("main tbody a").first().click();
  await page.waitForLoadState();
  assert.match(await words(page), /Завершить: программа выполнена/);
  await checkPage(page);
});

async function row(page, label, answer) {
  const group = page.locator("fieldset", { has: page.getByText(label) });
  await group.locator("label.pick", { has: page.getByText(answer, { exact: true }) }).click();
}
