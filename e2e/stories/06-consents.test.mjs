// Consents: given on paper, withdrawn with one press; the register and the open page follow on the very next request.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

story("a mentor is seen by consent and vanishes with its withdrawal", async ({ page, newPerson }) => {
  const mentor = await newPerson();
  await signIn(mentor, "mentor");
  const surname = await surnameOf(mentor);
  await mentor.locator("summary", { hasText: surname }).click();
  await mentor.getByRole("link", { name: "Мои согласия" }).click();
  await checkPage(mentor);
  await withdraw(mentor, "Б");

  const department = await newPerson();
  await signIn(department, "department");
  const visitor = await newPerson();
  assert.equal(await isSeen(department, "/register", surname), false);
  assert.equal(await isSeen(visitor, "/mentors", surname), false);
  await checkPage(department);
  await checkPage(visitor);

  await signIn(page, "curator");
  await record(page, surname, "Б: передача");
  assert.equal(await isSeen(department, "/register", surname), true);
  assert.equal(await isSeen(visitor, "/mentors", surname), false);
  await record(page, surname, "В: распространение");
  assert.equal(await isSeen(visitor, "/mentors", surname), true);
  await checkPage(visitor);
  await checkPage(department);

  await withdraw(mentor, "В");
  assert.equal(await isSeen(visitor, "/mentors", surname), false);
  assert.equal(await isSeen(department, "/register", surname), true);
  await withdraw(mentor, "Б");
  assert.equal(await isSeen(department, "/register", surname), false);
  await checkPage(mentor);
});

story("the curator prints blanks and records many at once", async ({ page }) => {
  await signIn(page, "curator");
  await page.goto("/consents?missing=transfer");
  await checkPage(page);
  const before = await page.locator("main tbody tr").count();
  assert.ok(before > 1, `${before} people without Б`);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /Напечатать бланки для/ }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^Бланки согласий для .*\.pdf$/);
  await press(page, "Отметить полученными");
  assert.match(await words(page), /Отметьте хотя бы одного человека/);
  await checkPage(page);
  for (const box of await page.locator('input[name="chosen"]').all()) await box.check();
  await page.getByLabel("Когда подписано").fill(await today(page));
  await press(page, "Отметить полученными");
  await notRefused(page);
  assert.match(await words(page), /Записано: \d+ соглас/);
});

async function surnameOf(page) {
  return (await page.locator(".user-name").innerText()).replace(/\u00a0/g, " ").split(" ")[0];
}

async function isSeen(page, address, surname) {
  const answer = await page.goto(address);
  assert.equal(answer.status(), 200, address);
  return (await words(page)).includes(surname);
}

async function withdraw(page, letter) {
  await page.goto("/own/consents");
  const section = page.locator("section.panel", { has: page.getByRole("heading", { name: new RegExp(`^${letter} –`) }) }).first();
  await section.locator("summary", { hasText: "Отозвать" }).click();
  await press(page, `Отозвать согласие ${letter}`, section);
  assert.match(await words(page), /Согласие отозвано/);
}

async function record(page, surname, kind) {
  await page.goto(`/consents?q=${encodeURIComponent(surname)}`);
  await page.locator("main tbody th a").first().click();
  await page.waitForLoadState();
  await checkPage(page);
  await page.getByLabel(new RegExp(`^${kind}`)).check();
  await page.getByLabel("Когда подписано").fill(await today(page));
  await press(page, "Записать «получено»");
  await notRefused(page);
}

// The day where the program is: the demo lives by the clock of the machine, in the zone of Yekaterinburg.
function today(page) {
  return page.evaluate(() => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Yekaterinburg" }));
}
