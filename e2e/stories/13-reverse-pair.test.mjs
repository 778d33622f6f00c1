// A pair the other way round, and help when it is needed: the same two people, each side of them.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { openPart, press, words } from "../support/steps.mjs";

story("the curator turns a pair round: what is missing, then two linked cards", async ({ page, newPerson }) => {
  const mentor = await newPerson();
  await signIn(mentor, "mentor");
  await mentor.goto("/pairs");
  await mentor.locator("main tbody th a").first().click();
  await mentor.getByRole("heading", { level: 1 }).waitFor();
  const pair = new URL(mentor.url()).pathname;

  await signIn(page, "curator");
  await page.goto(pair);
  await page.getByRole("link", { name: "Составить встречную пару" }).click();
  await page.getByRole("heading", { name: "Встречная пара" }).waitFor();
  assert.match(await words(page), /младше по возрасту/);
  assert.match(await words(page), /Ещё нет в банке наставников/);
  await checkPage(page);
  await page.getByRole("link", { name: /Внести в банк/ }).click();
  await page.getByRole("heading", { name: "Новый кандидат в наставники" }).waitFor();
  await press(page, "Внести в банк");
  await page.goto(`${pair}/reverse`);
  assert.match(await words(page), /нет подтверждённых достижений/);
  await page.getByRole("link", { name: /Дополнить запись/ }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByLabel("Достижение", { exact: true }).fill("Цифровая лаборатория класса");
  await page.getByLabel("Дата", { exact: true }).first().fill("2026-05-20");
  await page.getByLabel(/Чем подтверждено/).fill("Диплом городского конкурса");
  await press(page, "Записать достижение");
  await page.goto(`${pair}/reverse`);
  await checkPage(page);
  await press(page, "Составить встречную пару");
  assert.match(await words(page), /Встречная пара составлена/);
  assert.match(await words(page), /реверсивное/);
  const reverse = new URL(page.url()).pathname;
  await checkPage(page);
  await page.goto(pair);
  assert.equal(await page.locator(`main a[href="${reverse}"]`).count(), 1);
  assert.match(await words(page), /Завершение одной не прекращает другую/);
  await checkPage(page);
});

story("a mentee asks for help, the mentor answers, the school sees how soon", async ({ page, newPerson }) => {
  await signIn(page, "mentee");
  await page.goto("/pairs");
  await page.locator("main tbody th a").first().click();
  // Pages that are not opened every week stand under «Ещё»: by the keyboard as well.
  await page.getByRole("navigation", { name: "Разделы пары" }).locator("summary").press("Enter");
  await checkPage(page);
  await openPart(page, "Помощь");
  await page.getByRole("heading", { name: "Помощь, когда она нужна" }).waitFor();
  await press(page, "Попросить о помощи");
  assert.match(await words(page), /Заполните поле «Что случилось»/);
  await checkPage(page);
  await page.getByLabel("В чём нужна помощь").selectOption({ index: 4 });
  await page.getByLabel("сегодня").check();
  await page.getByLabel("Что случилось").fill("Класс не слышит меня на последнем уроке");
  await press(page, "Попросить о помощи");
  assert.match(await words(page), /Просьба отправлена наставнику/);
  await checkPage(page);

  const mentor = await newPerson();
  await signIn(mentor, "mentor");
  await mentor.goto("/help/queue");
  assert.match(await words(mentor), /Класс не слышит меня/);
  await checkPage(mentor);
  const asked = mentor.locator("section.panel", { hasText: "Класс не слышит меня" });
  await asked.getByLabel(/^Ответ/).fill("Приду к вам завтра на этот урок");
  await asked.getByRole("button", { name: "Отправить ответ" }).click();
  await mentor.getByText("Ответ отправлен").waitFor();

  const curator = await newPerson();
  await signIn(curator, "curator");
  await curator.goto("/help");
  assert.match(await words(curator), /Ждут слишком долго/);
  assert.doesNotMatch(await words(curator), /Класс не слышит меня/);
  await checkPage(curator);
});
