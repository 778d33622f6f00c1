// A task's whole life: the mentor sets it, the mentee hands in a file on a phone, the mentor sends it back with remarks, the
// mentee mends it, the mentor accepts. The curator sees numbers and not a word.
import assert from "node:assert/strict";
import { checkPage, PHONE } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const TITLE = "Карта урока «Проценты»";

story("a task goes from the mentor to the mentee and back until it is accepted", async ({ page: mentor, newPerson }) => {
  await signIn(mentor, "mentor2");
  await mentor.goto("/pairs?state=active");
  const pair = await mentor.locator("main tbody a").first().getAttribute("href");
  await mentor.goto(`${pair}/tasks`);
  await checkPage(mentor);
  await mentor.getByRole("link", { name: "Новое задание" }).click();
  await checkPage(mentor);
  await press(mentor, "Поставить задание");
  assert.match(await words(mentor), /Заполните поле «Задание»/);
  await checkPage(mentor);
  await mentor.getByLabel("Задание", { exact: true }).fill(TITLE);
  await mentor.getByLabel("Что сделать").fill("Цель, этапы, как проверим результат");
  await press(mentor, "Поставить задание");
  await notRefused(mentor);
  const task = new URL(mentor.url()).pathname;
  await checkPage(mentor);

  const mentee = await newPerson();
  await mentee.setViewportSize(PHONE);
  await signIn(mentee, "mentee2");
  await mentee.goto(`${pair}/tasks`);
  await mentee.getByRole("link", { name: TITLE }).click();
  await press(mentee, "Сдать работу");
  assert.match(await words(mentee), /дайте ссылку или приложите файл/);
  await checkPage(mentee);
  await mentee.getByLabel("Файл").setInputFiles({
    name: "карта урока.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7 карта"),
  });
  await press(mentee, "Сдать работу");
  await notRefused(mentee);
  assert.match(await words(mentee), /Работа ждёт проверки наставника/);

  await mentor.goto("/");
  assert.match(await words(mentor), new RegExp(`Проверьте работу: ${TITLE}`));
  await mentor.goto(task);
  const [file] = await Promise.all([
    mentor.waitForEvent("download"),
    mentor.getByRole("link", { name: "карта урока.pdf" }).first().click(),
  ]);
  assert.equal(file.suggestedFilename(), "карта урока.pdf");
  await mentor.getByText("Вернуть с замечаниями").click();
  await mentor.getByLabel("Что доработать").fill("Добавьте, как узнаем, что цель достигнута");
  await checkPage(mentor);
  await press(mentor, "Вернуть работу");
  await notRefused(mentor);

  await mentee.goto("/");
  assert.match(await words(mentee), new RegExp(`Доработайте задание: ${TITLE}`));
  await mentee.goto(task);
  await checkPage(mentee);
  await mentee.getByLabel("Что сделано").fill("Добавила три вопроса в конце урока");
  await press(mentee, "Сдать работу");
  await notRefused(mentee);

  await mentor.goto(task);
  await mentor.getByLabel("Слово о работе").fill("Теперь видно, чему научились");
  await press(mentor, "Принять работу");
  await notRefused(mentor);
  assert.match(await words(mentor), /принято[\s\S]*Теперь видно, чему научились/);
  await checkPage(mentor);
  await mentor.goto(`${pair}/tasks?state=accepted`);
  assert.match(await words(mentor), new RegExp(TITLE));
  await checkPage(mentor);

  const curator = await newPerson();
  await signIn(curator, "curator2");
  await curator.goto(`${pair}/tasks`);
  assert.match(await words(curator), /Принято\s+1 работа/);
  assert.doesNotMatch(await curator.content(), /Карта урока/);
  await checkPage(curator);
  assert.equal((await curator.goto(task)).status(), 404);
});
