// A program of mentoring: two browsers over one draft, both sign, the curator agrees, the director approves, the paper is
// opened, a revision with a reason shows what has changed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const OWN = "Провести три урока с формирующим оцениванием";

story("a pair writes a program together and it goes to the paper and on", async ({ page: mentor, newPerson }) => {
  const mentee = await newPerson();
  await signIn(mentor, "mentor");
  await signIn(mentee, "mentee");
  const base = await openProgram(mentor);
  await mentee.goto(base);
  await checkPage(mentor);

  // What the mentee adds the mentor sees without a reload.
  await mentee.getByRole("link", { name: "Добавить цель" }).click();
  await mentee.getByLabel("Цель", { exact: true }).fill(OWN);
  await mentee.getByLabel("Как увидим результат").fill("3 урока из 3 проведены, выводы записаны");
  await mentee.getByLabel("Направление").selectOption({ index: 5 });
  await checkPage(mentee);
  await press(mentee, "Сохранить");
  await notRefused(mentee);
  await line(mentor, OWN).waitFor({ timeout: 5000 });

  // Both open one line; the second is told while writing, and again when saving, and nothing typed is lost.
  await line(mentor, OWN).getByRole("link").click();
  await line(mentee, OWN).getByRole("link").click();
  await mentee.getByLabel("Как увидим результат").fill("Текст наставляемого");
  await mentor.getByLabel("Как увидим результат").fill("Текст наставника");
  await press(mentor, "Сохранить");
  await mentee.getByText("Эту строку изменил другой участник").waitFor({ timeout: 5000 });
  assert.equal(await mentee.getByLabel("Как увидим результат").inputValue(), "Текст наставляемого");
  await press(mentee, "Сохранить");
  assert.match(await words(mentee), /Текст наставника/);
  assert.equal(await mentee.getByLabel("Как увидим результат").inputValue(), "Текст наставляемого");
  await checkPage(mentee);
  await press(mentee, "Сохранить");
  await notRefused(mentee);
  await line(mentor, "Текст наставляемого").waitFor({ timeout: 5000 });

  // Everybody signs, agrees, approves.
  for (const person of [mentee, mentor]) {
    await person.goto(base);
    await press(person, "Подписать программу");
    await notRefused(person);
  }
  await checkPage(mentor);
  const curator = await newPerson();
  await signIn(curator, "curator");
  await curator.goto("/programs?state=signed");
  await checkPage(curator);
  await curator.locator("tbody a").first().click();
  assert.doesNotMatch(await words(curator), /по самодиагностике/);
  await checkPage(curator);
  await press(curator, "Согласовать");
  const director = await newPerson();
  await signIn(director, "director");
  await director.goto("/programs/approvals");
  await director.locator('input[name="pair"]').first().check();
  await checkPage(director);
  await press(director, "Утвердить отмеченные");
  await notRefused(director);
  await mentee.goto(base);
  const [download] = await Promise.all([
    mentee.waitForEvent("download"),
    mentee.getByRole("link", { name: "Скачать PDF" }).click(),
  ]);
  assert.equal((await readFile(await download.path())).subarray(0, 4).toString(), "%PDF");
  await checkPage(mentee);

  // A measure is marked as done.
  await mentee.getByRole("link", { name: /^Отметить/ }).first().click();
  await mentee.getByLabel("Когда выполнено").fill(await today(mentee));
  await mentee.getByLabel("Что получилось").fill("Провели и разобрали");
  await checkPage(mentee);
  await press(mentee, "Отметить выполнение");
  await notRefused(mentee);
  assert.match(await words(mentee), /Провели и разобрали/);

  // A change is a new revision with a reason; the difference is seen.
  await mentee.getByLabel("Причина изменения").fill("Тема пройдена раньше");
  await press(mentee, "Начать новую редакцию");
  await line(mentee, OWN).getByRole("link").click();
  await mentee.getByLabel("Как увидим результат").fill("4 урока из 4 проведены");
  await press(mentee, "Сохранить");
  await mentee.goto(`${base}/history`);
  const difference = await words(mentee);
  assert.match(difference, /Причина: Тема пройдена раньше/);
  assert.match(difference, /Текст наставляемого/);
  assert.match(difference, /4 урока из 4 проведены/);
  await checkPage(mentee);
  await curator.goto(base);
  assert.match(await words(curator), /Ниже – утверждённый текст/);
  await checkPage(curator);
});

story("the template is extended and a colleague is invited", async ({ page, newPerson }) => {
  await signIn(page, "curator");
  await page.goto("/program-templates");
  await checkPage(page);
  await page.getByLabel("Название").fill("Клуб молодых педагогов школы");
  await page.getByLabel("Направление").selectOption("4");
  await page.getByLabel("Форма").fill("клуб");
  await page.getByLabel("Результат").fill("Запись встречи");
  await press(page, "Записать");
  await notRefused(page);
  assert.match(await words(page), /Клуб молодых педагогов школы/);

  const mentor = await newPerson();
  await signIn(mentor, "mentor");
  await openProgram(mentor);
  await mentor.getByText("Пригласить коллегу").click();
  await checkPage(mentor);
  const person = await mentor.getByLabel("Кого приглашаете").locator("option").nth(1).innerText();
  await mentor.getByLabel("Кого приглашаете").selectOption({ index: 1 });
  await mentor.getByLabel("О чём просите").fill("Открытый урок");
  await press(mentor, "Пригласить");
  await notRefused(mentor);
  assert.match(await words(mentor), /Открытый урок\s+ждём ответа/);
  assert.ok(person.length > 5);
  await mentor.goto("/own/invitations");
  await checkPage(mentor);
});

async function openProgram(page) {
  await page.goto("/pairs");
  await page.locator("tbody a").first().click();
  await page.getByRole("link", { name: "Программа", exact: true }).click();
  await page.getByRole("heading", { level: 2, name: "Цели" }).waitFor();
  return new URL(page.url()).pathname;
}

function line(page, text) {
  return page.locator(".line", { hasText: text });
}

async function today(page) {
  return page.evaluate(() => new Date().toLocaleDateString("sv-SE"));
}
