// Steps of a self-diagnosis that several stories take.

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
