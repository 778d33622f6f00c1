// A whole year of one pair, the clock moved from September to May: a teacher diagnoses herself, a pair is formed and fixed by an
// order, a program goes through signatures, curator, council and director, meetings and tasks follow, January is evaluated,
// April has its products, the final evaluation decides and the director's order ends it.
import assert from "node:assert/strict";
import { checkPage, PHONE } from "../support/check.mjs";
import { formPair, makePapers, prepareOrder, signOrder } from "../support/pair.mjs";
import { fillSheet } from "../support/sheet.mjs";
import { signIn, story } from "../support/story.mjs";
import { firstEntry, notRefused, press, printSlip, slipOf, words } from "../support/steps.mjs";

const FIRST_DAY = "2026-09-07";
const SCHOOL = "МБОУ «СОШ №5»";
const MENTEE = "Крюкова Зинаида Иларионовна";
const MENTEE_LOGIN = "kryukova-zi";
const MENTEE_PASSWORD = "три весёлых зайца";
const MENTOR = "Быков";
const TASK = "Вопросы для общего разговора";
const OWN_GOAL = "Вести обсуждение в шестом классе так, чтобы говорили все";

story("a year of a pair, from the diagnosis to the last order", { day: FIRST_DAY, limit: 300_000 }, async ({ page, app, newPerson }) => {
  const people = { curator: page };
  for (const who of ["mentee", "mentor", "director", "council"]) people[who] = await newPerson();
  await people.mentee.setViewportSize(PHONE);
  // Nobody looks at a page while the clock moves: pages ask for news by themselves.
  const move = async (day) => {
    for (const tab of Object.values(people)) await tab.goto("about:blank");
    await app.moveTo(day);
  };
  // A session lasts as long as the clock stands: after every move everybody comes in anew.
  const on = async (day) => {
    if (day !== FIRST_DAY) await move(day);
    for (const [login, tab] of Object.entries(people)) {
      if (login !== "mentee") await signIn(tab, login);
      else if (day !== FIRST_DAY) await signIn(tab, MENTEE_LOGIN, MENTEE_PASSWORD);
    }
  };

  await on(FIRST_DAY);
  await printSlip(people.director, SCHOOL, MENTEE);
  await firstEntry(people.mentee, await slipOf(app, MENTEE_LOGIN), MENTEE_PASSWORD);
  await fillSheet(people.mentee, "Самодиагностика на входе", [2, 2, 2, 0, 3, 2, 2, 2], ["d4.1"]);
  await checkPage(people.mentee);
  const pair = await fixPair(people, FIRST_DAY);
  await writeProgram(people, pair);

  await on("2026-09-14");
  await decideInCouncil(people.council);
  await on("2026-09-21");
  await approve(people, pair);

  await on("2026-10-12");
  await meet(people.mentor, pair);
  await fulfil(people, pair);

  await on("2027-01-20");
  await evaluate(people, `${pair}/evaluations/middle-2027`, /^Продолжать/);

  await on("2027-04-20");
  await carryOut(people.mentee, pair, "2027-04-20");
  await evaluate(people, `${pair}/evaluations/final`, /^Завершить/);
  await end(people, pair);

  await move("2027-06-01");
  await signIn(people.curator, "curator");
  await people.curator.goto(pair);
  assert.match(await words(people.curator), /завершена/);
  await checkPage(people.curator);
});

async function fixPair({ curator, director }, day) {
  const pair = await formPair(curator, MENTEE, MENTOR);
  await makePapers(curator, pair, day);
  await signOrder(director, await prepareOrder(curator), day);
  await curator.goto(pair);
  assert.match(await words(curator), /действует/i);
  return pair;
}

async function writeProgram({ mentor, mentee, curator }, pair) {
  await mentor.goto(`${pair}/program`);
  assert.match(await words(mentor), /трудность по самодиагностике/);
  await checkPage(mentor);
  await press(mentor, "Составить черновик");
  await notRefused(mentor);
  await mentee.goto(`${pair}/program`);
  await mentee.getByRole("link", { name: "Добавить цель" }).click();
  await mentee.getByLabel("Цель", { exact: true }).fill(OWN_GOAL);
  await mentee.getByLabel("Как увидим результат").fill("На 3 уроках из 4 высказались все");
  await mentee.getByLabel("Направление").selectOption("4");
  await press(mentee, "Сохранить");
  await notRefused(mentee);
  for (const person of [mentee, mentor]) {
    await person.goto(`${pair}/program`);
    await press(person, "Подписать программу");
    await notRefused(person);
  }
  await curator.goto(`${pair}/program`);
  await checkPage(curator);
  await press(curator, "Согласовать");
  await notRefused(curator);
  await press(curator, "Спросить совет наставников");
  await notRefused(curator);
}

async function decideInCouncil(council) {
  await council.goto("/council");
  await council.getByRole("link", { name: "Назначить заседание" }).click();
  await council.waitForLoadState();
  await council.getByLabel("Место").fill("Учительская, 14:30");
  await press(council, "Назначить заседание");
  await notRefused(council);
  await press(council, "Отметить присутствие");
  await notRefused(council);
  await council.getByRole("link", { name: "К вопросам" }).click();
  await council.waitForLoadState();
  while (await council.getByLabel("отложить без голосования").count()) {
    if (/О персонализированной программе/.test(await words(council))) {
      await council.getByLabel("согласовать", { exact: true }).check();
      await council.locator("#f-votes_for").fill("3");
    } else {
      await council.getByLabel("отложить без голосования").check();
    }
    await press(council, "Записать решение");
    await notRefused(council);
  }
  assert.match(await words(council), /согласовано/);
  await checkPage(council);
  await press(council, "Закрыть заседание и выпустить протокол");
  await notRefused(council);
}

async function approve({ director, mentee }, pair) {
  await director.goto(`${pair}/program`);
  await checkPage(director);
  await press(director, "Утвердить программу");
  await notRefused(director);
  await mentee.goto(`${pair}/program`);
  assert.match(await words(mentee), /Скачать PDF/);
  await checkPage(mentee);
}

/** An ordinary meeting, as on any phone. */
async function meet(mentor, pair) {
  await mentor.goto(`${pair}/meetings`);
  await mentor.getByRole("link", { name: "Записать встречу" }).first().click();
  await mentor.waitForURL("**/meetings/new");
  await pick(mentor, "Ученики и родители").click();
  await pick(mentor, "Разобрали урок по шагам").click();
  await press(mentor, "Записать");
  await notRefused(mentor);
  assert.match(await words(mentor), /Встреча записана/);
}

/** A task is set, handed in and accepted. */
async function fulfil({ mentor, mentee }, pair) {
  await mentor.goto(`${pair}/tasks`);
  await mentor.getByRole("link", { name: "Новое задание" }).click();
  await mentor.getByLabel("Задание", { exact: true }).fill(TASK);
  await mentor.getByLabel("Что сделать").fill("Пять вопросов, на которые нельзя ответить «да»");
  await press(mentor, "Поставить задание");
  await notRefused(mentor);
  const task = new URL(mentor.url()).pathname;
  await mentee.goto(task);
  await mentee.getByLabel("Что сделано").fill("Вопросы придуманы и опробованы в 6 «Б»");
  await press(mentee, "Сдать работу");
  await notRefused(mentee);
  await mentor.goto(task);
  await press(mentor, "Принять работу");
  await notRefused(mentor);
  await checkPage(mentor);
}

/** Report and reflection stand ready and are signed, the curator concludes, the director confirms. */
async function evaluate({ mentor, mentee, curator, director }, evaluation, decision) {
  await mentee.goto(evaluation);
  assert.match(await mentee.getByLabel("Текст").inputValue(), /Мы встретились\s1\sраз/);
  await checkPage(mentee);
  await press(mentee, "Подписать рефлексию");
  await notRefused(mentee);
  await mentor.goto(evaluation);
  assert.match(await mentor.getByLabel("Текст").inputValue(), /Принято\s1\sзадание/);
  await press(mentor, "Подписать отчёт");
  await notRefused(mentor);
  await curator.goto(evaluation);
  for (const group of await curator.locator("#conclude fieldset").all()) {
    if (!(await group.locator("input:checked").count())) await group.locator("label").first().click();
  }
  await curator.getByRole("radio", { name: decision }).check();
  await curator.getByLabel("Почему такое решение").fill("Пара работает ровно, обсуждение в классе стало общим.");
  await checkPage(curator);
  await press(curator, "Подвести итог");
  await notRefused(curator);
  await director.goto(evaluation);
  await checkPage(director);
  await press(director, "Утвердить оценку");
  await notRefused(director);
  assert.match(await words(director), /Лист оценки № \d+-ЛО/);
}

/** April: every measure has its product. */
async function carryOut(mentee, pair, day) {
  await mentee.goto(`${pair}/program`);
  const open = mentee.getByRole("link", { name: /^Отметить/ });
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    await mentee.getByLabel("Когда выполнено").fill(day);
    await mentee.getByLabel("Что получилось").fill("Провели, запись лежит в копилке");
    await press(mentee, "Отметить выполнение");
    await notRefused(mentee);
  }
  assert.equal(await open.count(), 0);
  await checkPage(mentee);
}

/** The order that ends the pair, in the words of the decision. */
async function end({ curator, director }, pair) {
  await curator.goto(`${pair}/evaluations/final`);
  await curator.getByRole("link", { name: "Подготовить приказ о прекращении" }).click();
  await curator.waitForLoadState();
  await checkPage(curator);
  await press(curator, "Подготовить приказ");
  await notRefused(curator);
  const order = new URL(curator.url()).pathname;
  await signOrder(director, order, "2027-04-20");
}

function pick(page, name) {
  return page.locator("label.pick", { has: page.getByText(name, { exact: true }) });
}
