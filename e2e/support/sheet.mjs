// Steps of a self-diagnosis that several stories take.
import { notRefused, press } from "./steps.mjs";

/** The step of the sheet that is open. */
export function visible(page) {
  return page.locator("form[data-step]:not([hidden])");
}

/** One statement of the sheet. */
export function item(page, code) {
  return page.locator(`[data-item="${code}"]`);
}

/** Answers one statement. */
export async function answerItem(page, code, level) {
  await item(page, code).locator(`input[type="radio"][value="${level}"]`).check();
}

/** Answers every statement of a step with the same level. */
export async function answerStep(page, index, level) {
  const codes = await page.locator("form[data-step]").nth(index).locator("[data-item]").evaluateAll((items) =>
    items.map((one) => one.dataset.item));
  for (const code of codes) await answerItem(page, code, level);
}

/** Goes to the next step. */
export async function forward(page, number) {
  await visible(page).getByRole("button", { name: "Далее" }).click();
  await page.locator(`form[data-step="${number}"]:not([hidden])`).waitFor();
}

/** A whole sheet: `levels` has a level for each of the eight domains, `important` names statements that matter now. */
export async function fillSheet(page, title, levels, important = []) {
  await page.goto("/own/diagnosis");
  await press(page, "Начать", page.locator("section.panel", { hasText: title }));
  await page.waitForURL("**/own/diagnosis/*");
  for (const [index, level] of levels.entries()) {
    await answerStep(page, index, level);
    for (const code of important.filter((one) => one.startsWith(`d${index + 1}.`))) {
      await item(page, code).getByLabel("Важно мне сейчас").check();
    }
    if (index + 1 < levels.length) await forward(page, index + 2);
  }
  await visible(page).getByRole("button", { name: "К завершению" }).click();
  await page.waitForURL("**/completion");
  await press(page, "Завершить");
  await notRefused(page);
}
