// The base of programs: offered by the curator, agreed to by the pair, checked, reviewed by two centers, published; a mentor of
// another school begins from it. On a day in the last month of the pair.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const TITLE = "Собрание без напряжения";

story("a finished program comes into the base and is begun from", { args: ["--today", lastMonth()] }, async ({ page: mentee, newPerson }) => {
  await signIn(mentee, "mentee2");
  await mentee.goto("/pairs");
  await mentee.locator("tbody a").first().click();
  await mentee.getByRole("link", { name: "Программа", exact: true }).click();
  const pair = new URL(mentee.url()).pathname;
  for (let left = await mentee.getByRole("link", { name: /^Отметить/ }).count(); left > 0; left -= 1) {
    await mentee.getByRole("link", { name: /^Отметить/ }).first().click();
    await mentee.getByLabel("Когда выполнено").fill(lastMonth());
    await mentee.getByLabel("Что получилось").fill("Провели и разобрали");
    await press(mentee, "Отметить выполнение");
    await notRefused(mentee);
    await mentee.goto(pair);
  }

  const curator = await newPerson();
  await signIn(curator, "curator2");
  await curator.goto("/base");
  await checkPage(curator);
  await curator.getByRole("link", { name: "Предложить программу" }).click();
  await checkPage(curator);
  await press(curator, /^Предложить/, curator.locator("main"));
  assert.match(await words(curator), /согласились 0 из 2/);

  const mentor = await newPerson();
  await signIn(mentor, "mentor2");
  for (const person of [mentor, mentee]) {
    await person.goto("/");
    await person.getByRole("link", { name: /^Посмотреть.*Решите, показать ли/ }).click();
    await person.getByRole("link", { name: "Посмотреть и решить" }).click();
    if (person === mentor) await checkPage(person);
    await press(person, "Согласиться");
    assert.match(await words(person), /Отозвать согласие/);
  }

  await curator.goto("/base/offers");
  await curator.getByRole("link", { name: /^Проверить/ }).click();
  await curator.getByLabel("Название").fill(TITLE);
  await curator.getByLabel("Кому поможет").fill("Учителю первых лет работы");
  await curator.getByLabel("Что получилось").fill("Собрания идут по плану, родители приходят с вопросами");
  for (const choice of await curator.locator('select[name^="word_"]').all()) await choice.selectOption("keep");
  await checkPage(curator);
  await press(curator, "Проверено, передать рецензентам");
  await notRefused(curator);

  for (const login of ["support-center", "resource-center"]) {
    const reviewer = await newPerson();
    await signIn(reviewer, login);
    await reviewer.goto("/base/reviews");
    await reviewer.locator(".panel", { hasText: TITLE }).getByRole("link").click();
    for (const answer of await reviewer.locator('input[value="yes"]').all()) await answer.check();
    await reviewer.getByLabel("Рекомендую к публикации").check();
    if (login === "support-center") await checkPage(reviewer);
    await press(reviewer, "Отправить отзыв");
    await notRefused(reviewer);
  }

  const department = await newPerson();
  await signIn(department, "department");
  await department.goto("/base/publications");
  await department.getByRole("link", { name: TITLE }).click();
  await checkPage(department);
  await press(department, "Опубликовать в базе");
  await notRefused(department);
  await checkPage(department);
  const [paper] = await Promise.all([
    department.waitForEvent("download"),
    department.getByRole("link", { name: "PDF для печати" }).click(),
  ]);
  assert.match(paper.suggestedFilename(), /\.pdf$/);

  // Another school: a pair without a program.
  const other = await newPerson();
  await signIn(other, "mentor3");
  await other.goto(`/base?q=${encodeURIComponent("без напряжения")}`);
  await checkPage(other);
  await other.getByRole("link", { name: TITLE }).click();
  await other.getByRole("link", { name: /^Начать с этой программы/ }).click();
  await other.locator('input[name="goal"]').first().check();
  await other.locator('input[name="measure"]').first().check();
  await checkPage(other);
  await press(other, "Составить черновик");
  await notRefused(other);
  assert.match(await words(other), /Начата с программы из базы/);
  await checkPage(other);
});

// The pairs of the demo last half a year from the day it is filled.
function lastMonth() {
  const day = new Date(Date.now() + 160 * 24 * 3600 * 1000);
  return day.toLocaleDateString("sv-SE");
}
