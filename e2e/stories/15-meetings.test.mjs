// A meeting in under a minute, counted: presses and seconds; a draft that survives a lost connection and a reload; the
// curator who sees facts only; a calendar feed read by a parser that is not ours.
import assert from "node:assert/strict";
import ICAL from "ical.js";
import { checkPage, PHONE, takeProblems } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const SECRET = "Тайна двоих: спор с родителем";

// A person is slower than a machine: every press is given the time a hand and an eye need.
const SECONDS_PER_PRESS = 5;

story("an ordinary meeting takes five presses and three quarters of a minute", async ({ page, newPerson }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, "mentor2");
  const pair = await pairOf(page);
  await page.goto(`${pair}/meetings`);
  await checkPage(page);

  let presses = 0;
  const tap = async (locator) => {
    presses += 1;
    await locator.click();
  };
  const began = Date.now();
  await tap(page.getByRole("link", { name: "Записать встречу" }).first());
  await page.waitForURL("**/meetings/new");
  await tap(pick(page, "Методика"));
  await tap(pick(page, "Разобрали урок по шагам"));
  await tap(pick(page, "Провести урок по плану"));
  await tap(page.getByRole("button", { name: "Записать" }));
  await page.waitForURL("**/meetings?done=*");
  const seconds = (Date.now() - began) / 1000 + presses * SECONDS_PER_PRESS;
  assert.ok(presses <= 5, `${presses} presses`);
  assert.ok(seconds <= 45, `${seconds} seconds`);
  assert.match(await words(page), /Встреча записана.*Методика.*Разобрали урок по шагам.*Провести урок по плану/s);
  await checkPage(page);

  const mentee = await newPerson();
  await signIn(mentee, "mentee2");
  await mentee.goto(`${pair}/meetings`);
  assert.match(await words(mentee), /Провести урок по плану/);
  await mentee.goto(`${pair}/meetings/new`);
  await checkPage(mentee);
  await pick(mentee, "Ученики и родители").click();
  await press(mentee, "Записать");
  assert.match(await words(mentee), /За этот день встреча уже записана/);
  await checkPage(mentee);
  await pick(mentee, "Это та же встреча: дополнить запись").click();
  await press(mentee, "Записать");
  await notRefused(mentee);

  await mentee.goto(`${pair}/pulse`);
  await checkPage(mentee);
  await pick(mentee, "Была").click();
  await pick(mentee, "5").click();
  await pick(mentee, "Не нужна").click();
  await press(mentee, "Ответить");
  await notRefused(mentee);
});

story("a draft stays without connection; outsiders see the fact alone", async ({ page, context, newPerson }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, "mentor");
  const pair = await pairOf(page);
  await page.goto(`${pair}/meetings/new`);
  await checkPage(page);
  await pick(page, "Методика").click();
  await page.getByText("Своими словами, длительность").click();
  await page.getByLabel("Что получилось, своими словами").fill(SECRET);
  await context.setOffline(true);
  await pick(page, "Составили план урока").click();
  await page.getByRole("button", { name: "Записать" }).click();
  await page.getByText("Нет связи: набранное сохранено в этом браузере").waitFor();
  takeProblems(page);
  await context.setOffline(false);
  await page.reload();
  await page.getByText("Продолжаем черновик").waitFor();
  assert.equal(await page.getByLabel("Что получилось, своими словами").inputValue(), SECRET);
  assert.ok(await page.getByRole("checkbox", { name: "Составили план урока" }).isChecked());
  await checkPage(page);
  await press(page, "Записать");
  await page.waitForURL("**/meetings?done=*");
  assert.match(await words(page), new RegExp(SECRET));
  assert.deepEqual(await drafts(page), [], "what is recorded is not kept in the browser");
  await checkPage(page);

  await page.goto(`${pair}/meetings/new?form=visit`);
  await checkPage(page);
  await page.getByLabel("Класс или группа").fill("5 А");
  await page.getByLabel("Предмет").fill("математика");
  await pick(page, "Спокойный темп").click();
  await page.getByLabel("Шаг своими словами").fill("Помочь Пете Иванову");
  await press(page, "Записать карту");
  assert.match(await words(page), /Похоже на имя ребёнка/);
  await checkPage(page);
  await page.getByLabel("Шаг своими словами").fill("Давать больше времени на ответ");
  await press(page, "Записать карту");
  await notRefused(page);
  await checkPage(page);

  for (const login of ["curator", "director"]) {
    const outsider = await newPerson();
    await signIn(outsider, login);
    for (const address of [`${pair}/meetings`, "/meetings", "/own/calls", "/burden"]) {
      await outsider.goto(address);
      assert.doesNotMatch(await outsider.content(), new RegExp(SECRET), address);
      await checkPage(outsider);
    }
    assert.equal((await outsider.goto(`${pair}/meetings/new`)).status(), 403);
  }
  const union = await newPerson();
  await signIn(union, "union");
  await union.goto("/burden");
  await checkPage(union);
});

story("planned meetings stand in an ordinary calendar", async ({ page, newPerson, app }) => {
  await signIn(page, "mentor2");
  const pair = await pairOf(page);
  await page.goto(`${pair}/plans/new`);
  await checkPage(page);
  const day = new Date(Date.now() + 7 * 86400000).toISOString().slice(0, 10);
  await page.getByLabel("День", { exact: true }).fill(day);
  await page.getByLabel("Начало").fill("15:30");
  await pick(page, "раз в две недели").click();
  await page.getByLabel("Повторять по").fill(new Date(Date.now() + 28 * 86400000).toISOString().slice(0, 10));
  await press(page, "Назначить");
  if (/праздники или каникулы/.test(await words(page))) {
    await checkPage(page);
    await pick(page, "Всё равно назначить").click();
    await press(page, "Назначить");
  }
  await notRefused(page);
  await checkPage(page);

  const mentee = await newPerson();
  await signIn(mentee, "mentee2");
  await mentee.goto("/own/calendar");
  await checkPage(mentee);
  await press(mentee, "Получить адрес");
  await checkPage(mentee);
  const path = new URL((await words(mentee)).match(/http\S+\.ics/)[0]).pathname;
  const answer = await fetch(`${app.url}${path}`);
  assert.match(answer.headers.get("content-type"), /text\/calendar/);
  const text = await answer.text();
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  // Terms of tasks stand beside the meetings, as whole days and without their titles.
  const meetings = events.filter((event) => !event.startDate.isDate);
  assert.equal(meetings.length, 2);
  for (const event of events.filter((one) => one.startDate.isDate)) assert.equal(event.summary, "Задание: срок");
  // 15:30 in Nefteyugansk is 10:30 by universal time.
  assert.equal(meetings[0].startDate.toJSDate().toISOString(), `${day}T10:30:00.000Z`);
  assert.equal(meetings[0].duration.toSeconds(), 40 * 60);
  assert.equal(meetings[0].summary, "Встреча с наставником");
  const surname = (await page.locator(".user-name").first().innerText()).split(/\s/)[0];
  assert.doesNotMatch(text, new RegExp(surname), "no name leaves the program");

  await press(mentee, "Сменить адрес");
  assert.equal((await fetch(`${app.url}${path}`)).status, 404, "the old address is closed");
});

function pick(page, name) {
  return page.locator("label.pick", { has: page.getByText(name, { exact: true }) });
}

async function pairOf(page) {
  await page.goto("/pairs?state=active");
  return page.locator("main tbody a").first().getAttribute("href");
}

function drafts(page) {
  return page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("nastavnik-draft:")));
}
