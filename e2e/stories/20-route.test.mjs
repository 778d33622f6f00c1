// A teacher begins a route, goes through four steps, the tutor comments, the file goes to another installation unchanged.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

// What the first story takes away, the second one brings into an installation of its own.
let file;

story("a route is begun, accompanied and taken away", async ({ page, newPerson }) => {
  await signIn(page, "teacher");
  await page.goto("/own/route");
  await checkPage(page);
  await press(page, "Начать маршрут");
  assert.match(await words(page), /Отметьте, что вы согласны/);
  await page.getByLabel("Тьютор ЦНППМ").selectOption({ index: 1 });
  await page.getByLabel(/^Даю согласие:/).check();
  await press(page, "Начать маршрут");
  await notRefused(page);

  // Steps 1 to 3.
  await page.getByLabel(/через пять лет/).fill("Учитель, к которому приходят с вопросами");
  await press(page, "Сохранить");
  await checkPage(page);
  await press(page, "Завершить шаг 1");
  await page.getByLabel("Предмет").fill("Готовлю к олимпиадам");
  await press(page, "Сохранить");
  await press(page, "Завершить шаг 2");
  await page.getByLabel("Методика").fill("Хочу видеть путь ученика");
  await press(page, "Сохранить");
  await checkPage(page);
  await press(page, "Завершить шаг 3");

  // Step 4: two of the lists.
  const year = new Date().getFullYear() + 1;
  await page.getByRole("link", { name: "Добавить: курс" }).click();
  await page.getByLabel("Что сделаю").fill("Формирующее оценивание");
  await page.getByLabel("Кто обучает").fill("Институт развития образования");
  await page.getByLabel("Часов").fill("72");
  await page.getByLabel("Первый день").fill(`${year}-02-01`);
  await page.getByLabel("Последний день").fill(`${year}-04-30`);
  await checkPage(page);
  await press(page, "Записать");
  await notRefused(page);
  await page.getByRole("link", { name: "Добавить: проба" }).click();
  await page.getByLabel("Что сделаю").fill("Листы самооценки");
  await page.getByLabel("Первый день").fill(`${year}-09-10`);
  await page.getByLabel("Последний день").fill(`${year + 1}-05-20`);
  await press(page, "Записать");
  await checkPage(page);
  await press(page, "Завершить шаг 4");
  await page.goto("/own/route");
  assert.match(await words(page), /продукт и отношение к нему: Листы самооценки/);
  await checkPage(page);

  // The tutor comments, the owner answers.
  const tutor = await newPerson();
  await signIn(tutor, "tutor");
  await tutor.goto("/routes");
  await checkPage(tutor);
  await tutor.locator("tbody a").first().click();
  assert.doesNotMatch(await words(tutor), /приходят с вопросами/);
  await tutor.getByLabel("О каком шаге").selectOption("4");
  await tutor.getByLabel("Комментарий").fill("Добавьте взаимные посещения");
  await checkPage(tutor);
  await press(tutor, "Записать комментарий");
  await notRefused(tutor);
  await page.goto("/own/route/steps/4");
  await page.getByText("Ответить на комментарий").click();
  await page.getByLabel("Ваш ответ").fill("Добавлю корректировкой");
  await page.getByLabel("Учтено").check();
  await checkPage(page);
  await press(page, "Записать ответ");
  assert.match(await words(page), /учтено/);

  // The paper and the file.
  await page.goto("/own/route");
  assert.equal((await saved(page, "PDF для печати")).subarray(0, 4).toString(), "%PDF");
  file = await saved(page, "Файл для переноса");

  // It ends before its last step, another one begins, the first stays.
  await page.getByRole("link", { name: "Завершить маршрут раньше срока" }).click();
  await checkPage(page);
  await page.getByLabel("Почему маршрут заканчивается").fill("Новая работа");
  await page.getByLabel("Что получилось и что дальше").fill("Научилась видеть путь ученика");
  await press(page, "Завершить маршрут");
  await notRefused(page);
  await checkPage(page);
  await page.getByRole("link", { name: "Начать новый маршрут" }).click();
  await checkPage(page);
  await page.getByLabel(/^Даю согласие:/).check();
  await press(page, "Начать маршрут");
  await notRefused(page);
  await page.goto("/own/route");
  await checkPage(page);
  await page.locator('a[href^="/own/routes/"]').first().click();
  assert.match(await words(page), /Причина: Новая работа/);
  await checkPage(page);
});

story("the file makes the same route in another installation", async ({ page }) => {
  assert.ok(file, "the first story has saved no file");
  await signIn(page, "teacher");
  await page.goto("/own/route");
  const broken = { name: "route.json", mimeType: "application/json", buffer: file.subarray(0, 500) };
  await page.getByLabel("Файл маршрута").setInputFiles(broken);
  await press(page, "Посмотреть файл");
  assert.match(await words(page), /Файл повреждён/);
  await page.getByLabel("Файл маршрута").setInputFiles({ ...broken, buffer: file });
  await press(page, "Посмотреть файл");
  assert.match(await words(page), /Пока ничего не загружено/);
  await checkPage(page);
  await page.getByLabel(/^Даю согласие:/).check();
  await press(page, "Загрузить маршрут");
  await notRefused(page);
  assert.deepEqual(await saved(page, "Файл для переноса"), file);
});

async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name }).click(),
  ]);
  return readFile(await download.path());
}
