// A teacher proposes herself, is accepted, trained and selected; a mentee asks for help from a phone.
import assert from "node:assert/strict";
import { PHONE, checkPage } from "../support/check.mjs";
import { notRefused, press, words } from "../support/steps.mjs";
import { signIn, story } from "../support/story.mjs";

story("a teacher becomes a mentor: nomination, course, selection", async ({ page, newPerson }) => {
  const teacher = page;
  await signIn(teacher, "teacher");
  await teacher.locator("header details.menu summary").last().click();
  await teacher.getByRole("banner").getByRole("link", { name: "Стать наставником" }).click();
  await teacher.waitForLoadState();
  await checkPage(teacher);
  await teacher.getByLabel("Сколько наставляемых одновременно").fill("1");
  await teacher.getByRole("checkbox", { name: /^Д4/ }).check();
  await teacher.locator('details:has(input[name="ground_4"]) > summary').click();
  await teacher.locator('input[name="ground_4"]').fill("Служба примирения школы");
  await press(teacher, "Выдвинуть себя");
  await notRefused(teacher);
  assert.match(await words(teacher), /Куратор рассмотрит/);
  await checkPage(teacher);

  const curator = await newPerson();
  await signIn(curator, "curator");
  await curator.goto("/bank/nominations?state=proposed");
  await checkPage(curator);
  const name = await nameOf(teacher);
  await curator.getByRole("link", { name: new RegExp(name) }).click();
  await curator.waitForLoadState();
  assert.match(await words(curator), /Служба примирения школы/);
  await checkPage(curator);
  await press(curator, "Принять в банк");
  const card = new URL(curator.url()).pathname;
  await addAchievement(curator);
  await checkPage(curator);
  await addCourse(curator, card);
  await decide(curator, card);
  assert.match(await words(curator), /Ждёт решения: совет/i);

  const council = await newPerson();
  await signIn(council, "council");
  await council.goto(`${card}/selection`);
  await vote(council);
  await checkPage(council);
  assert.match(await words(council), /отобран/);
  assert.doesNotMatch(await words(council), /Чего не хватает/);

  await teacher.goto("/own/nomination");
  assert.match(await words(teacher), /отобран[\s\S]*Школа наставника/);
  await checkPage(teacher);
  await curator.goto("/bank/mentors?selection=selected");
  assert.match(await words(curator), new RegExp(name));
  await checkPage(curator);
});

story("a mentee asks for help from a phone and the curator sees the gap", async ({ page, newPerson }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, "mentee2");
  await page.getByRole("link", { name: /Расскажите, какая помощь нужна|Рассказать/ }).first().click();
  await page.waitForLoadState();
  await checkPage(page);
  await page.getByRole("radio", { name: "Нужна помощь" }).check();
  await page.getByRole("checkbox", { name: /Д8 Здоровье/ }).check();
  await page.getByRole("checkbox", { name: "Переписка" }).check();
  await page.getByLabel("Что важно в наставнике").fill("Спокойствие");
  await press(page, "Отправить запрос");
  await notRefused(page);
  assert.match(await words(page), /просит о помощи/);
  await checkPage(page);

  const curator = await newPerson();
  await signIn(curator, "curator2");
  await curator.goto("/requests");
  const list = await words(curator);
  assert.match(list, /Д8 Здоровье/);
  assert.match(list, /не хватает мест: 1/);
  assert.doesNotMatch(list, /Спокойствие/);
  await checkPage(curator);
  await curator.goto("/requests?domain=8");
  await curator.locator("main tbody th a").last().click();
  await curator.waitForLoadState();
  assert.match(await words(curator), /Спокойствие/);
  await checkPage(curator);

  const neighbor = await newPerson();
  await signIn(neighbor, "director");
  assert.equal((await neighbor.goto("/requests")).status(), 404);
});

/** The surname of the one signed in, as the menu says it. */
async function nameOf(page) {
  return (await page.locator(".user-name").first().textContent()).trim().split(/\s/)[0];
}

async function addAchievement(page) {
  await page.getByLabel("Достижение").fill("Лучшая служба примирения города");
  await page.locator("#f-achieved_on").fill("2025-04-10");
  await page.getByLabel("Чем подтверждено").fill("Приказ департамента № 118-п");
  await press(page, "Записать достижение");
  await notRefused(page);
}

async function addCourse(page, card) {
  await page.goto(`${card}/courses`);
  await page.getByLabel("Курс", { exact: true }).fill("Школа наставника");
  await page.getByLabel("Кто проводит").fill("Опорный центр");
  await page.locator("#f-passed_on").fill("2026-10-15");
  await page.getByLabel("Номер удостоверения").fill("У-2026-15");
  await page.locator('#f-scan').setInputFiles({
    name: "удостоверение.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7 certificate"),
  });
  await press(page, "Записать курс");
  await notRefused(page);
  assert.match(await words(page), /У-2026-15/);
  await checkPage(page);
}

async function decide(page, card) {
  await page.goto(`${card}/selection`);
  await checkPage(page);
  await page.getByRole("group", { name: /Нет конфликтов/ }).getByLabel("Да").check();
  await press(page, "Записать ответы");
  await notRefused(page);
  await vote(page);
}

async function vote(page) {
  await page.getByRole("radio", { name: /За: отобрать/ }).check();
  await press(page, "Записать решение");
  await notRefused(page);
}
