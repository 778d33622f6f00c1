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
const OWN_GOAL = "Вести обсуждение в шестом классе так, чтобы говорили все";

story("a year of a pair, from the diagnosis to the last order", { day: FIRST_DAY }, async ({ page, app, newPerson }) => {
  const people = { curator: page };
  for (const who of ["mentee", "mentor", "director", "council"]) people[who] = await newPerson();
  await people.mentee.setViewportSize(PHONE);
  // A session lasts as long as the clock stands: after every move everybody comes in anew.
  const on = async (day) => {
    if (day !== FIRST_DAY) await app.moveTo(day);
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
