// Self-diagnosis in three rings: a beginner answers on a phone and loses the connection half way, the mentor sees what
// the ring of the pair opens, the curator sees that it is done and when.
import assert from "node:assert/strict";
import { checkPage, PHONE, takeProblems } from "../support/check.mjs";
import { answerItem, answerStep, forward, item, visible } from "../support/sheet.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const SECRET = "Как говорить с родителями Пети";
const SAVED = /Сохранено \d\d:\d\d/;

story("a sheet filled on a phone without connection, and what each ring sees of it", async ({ page, context, newPerson }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, "mentee2");
  await begin(page);
  const sheet = new URL(page.url()).pathname;

  await answerStep(page, 0, 2);
  await saved(page);
  await checkPage(page);
  await forward(page, 2);
  await answerItem(page, "d2.1", 1);
  await saved(page);

  await context.setOffline(true);
  await answerItem(page, "d2.2", 0);
  await page.getByText("Нет связи: ответы сохранены в этом браузере").waitFor();
  for (let step = 2; step < 5; step += 1) {
    await answerStep(page, step - 1, 1);
    await forward(page, step + 1);
  }
  assert.ok((await kept(page)).length === 1, "what was answered waits in the browser");
  takeProblems(page);

  await context.setOffline(false);
  await page.reload();
  await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith("nastavnik-sheet:")));
  await page.goto(`${sheet}?step=2`);
  assert.equal(await chosen(page, "d2.2"), "1");
  await page.goto(`${sheet}?step=4`);
  assert.equal(await chosen(page, "d4.5"), "1");

  await page.goto(`${sheet}?step=5`);
  for (let step = 5; step <= 8; step += 1) {
    await answerStep(page, step - 1, step === 8 ? 3 : 1);
    if (step === 5) await item(page, "d5.1").getByLabel("Важно мне сейчас").check();
    if (step === 6) await visible(page).getByLabel(/Что хочется обсудить/).fill(SECRET);
    if (step < 8) await forward(page, step + 1);
  }
  await page.goBack();
  assert.match(await visible(page).locator("h2").innerText(), /Область 7/);
  await page.goForward();
  await visible(page).getByRole("button", { name: "К завершению" }).click();
  await page.waitForURL(`**${sheet}/completion`);
  await checkPage(page);
  await press(page, "Завершить");
  await notRefused(page);
  assert.match(await words(page), /Поддержка нужна: .*Методика.*Сильные стороны: Здоровье/s);
  assert.deepEqual(await kept(page), []);
  await checkPage(page);
  await page.goto("/own/diagnosis");
  await checkPage(page);

  const mentor = await newPerson();
  await signIn(mentor, "mentor2");
  await mentor.goto("/");
  assert.match(await words(mentor), /Ждёт вашего взгляда/);
  await mentor.locator(".todo", { hasText: "Ждёт вашего взгляда" }).getByRole("link").click();
  await mentor.waitForLoadState();
  const ring = new URL(mentor.url()).pathname;
  assert.match(await mentor.content(), new RegExp(SECRET));
  await checkPage(mentor);
  await giveView(mentor);

  await page.reload();
  await page.goto(`${sheet}/result`);
  assert.match(await words(page), /Темы для разговора/);
  await checkPage(page);

  const curator = await newPerson();
  await signIn(curator, "curator2");
  await curator.goto("/diagnosis?state=completed");
  const mentee = (await page.locator(".user-name").first().innerText()).split(/\s/)[0];
  assert.match(await words(curator), new RegExp(`${mentee}.*завершена`, "s"));
  await checkPage(curator);
  for (const closed of [ring, sheet, `${sheet}/result`]) {
    const answer = await curator.goto(closed);
    assert.equal(answer.status(), 404, closed);
    assert.doesNotMatch(await curator.content(), new RegExp(SECRET));
  }
});

async function begin(page) {
  await page.goto("/own/diagnosis");
  await checkPage(page);
  const entry = page.locator("section.panel", { hasText: "Самодиагностика на входе" });
  await press(page, "Начать", entry);
  await page.waitForURL("**/own/diagnosis/*");
}

async function chosen(page, code) {
  return item(page, code).locator("input[type=radio]:checked").getAttribute("value");
}

async function saved(page) {
  await page.getByText(SAVED).waitFor();
}

function kept(page) {
  return page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("nastavnik-sheet:")));
}

async function giveView(page) {
  const day = (ago) => new Date(Date.now() - ago * 86400000).toISOString().slice(0, 10);
  await page.getByLabel("Первое посещение").fill(day(20));
  await page.getByLabel("Второе посещение").fill(day(20));
  await press(page, "Дать свой взгляд");
  assert.match(await words(page), /укажите два разных дня/);
  await page.getByLabel("Второе посещение").fill(day(7));
  await press(page, "Дать свой взгляд");
  await page.waitForURL("**/own/views/*");
  await checkPage(page);
  await answerItem(page, "d1.1", 0);
  await saved(page);
  await page.goto(`${new URL(page.url()).pathname}/completion`);
  await checkPage(page);
  await press(page, "Передать взгляд");
  assert.match(await words(page), /Взгляд передан/);
  await checkPage(page);
}
