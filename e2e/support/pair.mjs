// A pair from the form to the signed order, as several stories need it. `day`: the day the papers are signed on.
import assert from "node:assert/strict";
import { checkPage } from "./check.mjs";
import { notRefused, press, words } from "./steps.mjs";

/** The curator forms a pair; returns its address. */
export async function formPair(page, mentee, mentor) {
  await page.goto("/pairs/new");
  const others = page.getByText(/Другие работники/);
  if (await others.count()) await others.click();
  await page.getByRole("checkbox", { name: new RegExp(mentee.split(" ")[0]) }).check();
  await page.getByRole("radio", { name: new RegExp(mentor) }).check();
  await page.getByRole("radio", { name: /учитель – учитель/i }).check();
  await page.getByRole("checkbox", { name: /традиционн/i }).check();
  await page.getByRole("radio", { name: /опытный/i }).first().check();
  await page.getByLabel("Содержание работы наставника").fill("Посещение уроков и их разбор\nПомощь в планировании");
  await page.getByRole("radio", { name: /в месяц|ежемесячн/i }).check();
  await page.getByLabel("Сумма, рублей в месяц").fill("3000");
  await checkPage(page);
  await press(page, "Создать пару");
  await notRefused(page);
  return new URL(page.url()).pathname;
}

/** Consents of both and the additional agreement, issued and signed. */
export async function makePapers(page, pair, day) {
  for (const paper of ["Согласие наставника", "Согласие наставляемого", "Дополнительное соглашение"]) {
    await page.goto(pair);
    await press(page, new RegExp(`Выпустить.*${paper}`));
    await notRefused(page);
    await page.goto(pair);
    await page.getByRole("link", { name: new RegExp(paper) }).first().click();
    await checkPage(page);
    await page.getByLabel("Дата подписи").fill(day);
    await page.locator('form[action$="/signature"] button').click();
    await page.waitForLoadState();
    await notRefused(page);
  }
}

/** The order about the pair that is ready; returns its address. */
export async function prepareOrder(page) {
  await page.goto("/orders/new");
  await page.locator('input[name="mentorships"]').first().check();
  await checkPage(page);
  await press(page, "Подготовить приказ");
  await notRefused(page);
  await checkPage(page);
  return new URL(page.url()).pathname;
}

/** The director signs it. */
export async function signOrder(page, order, day) {
  await page.goto("/");
  assert.match(await words(page), /приказ/i);
  await page.goto(order);
  await page.getByLabel("Дата подписи").fill(day);
  await page.locator('form[action$="/signature"] button').click();
  await page.waitForLoadState();
  await notRefused(page);
  await checkPage(page);
}
