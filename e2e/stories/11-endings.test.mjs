// A mentee asks for another mentor; her mentor is the curator and never learns of it; the director decides.
import assert from "node:assert/strict";
import { checkPage } from "../support/check.mjs";
import { notRefused, press, words } from "../support/steps.mjs";
import { signIn, story } from "../support/story.mjs";

const REASON = "Хочу учиться у предметника";

story("a mentee changes the mentor, who is a curator and finds nothing", async ({ page, newPerson }) => {
  const mentee = page;
  await signIn(mentee, "mentee");
  await mentee.goto("/pairs");
  await mentee.locator("main tbody a").first().click();
  await mentee.waitForLoadState();
  const pair = new URL(mentee.url()).pathname;
  const mentor = (await words(mentee)).match(/Наставник\s+([А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+)/)[1];

  const director = await newPerson();
  await signIn(director, "director");
  await makeCurator(director, mentor);

  await mentee.goto(`${pair}/petition`);
  assert.match(await words(mentee), /прочитает только руководитель организации/);
  await checkPage(mentee);
  await mentee.getByRole("radio", { name: /Сменить наставника/ }).check();
  await mentee.getByRole("textbox", { name: "Причина" }).fill(REASON);
  await press(mentee, "Подать заявление");
  await notRefused(mentee);
  assert.match(await words(mentee), /ждёт ответа[\s\S]*Ответ будет не позднее/);
  await checkPage(mentee);

  const curator = await newPerson();
  await signIn(curator, "mentor");
  await findsNothing(curator, pair);

  await director.goto("/");
  assert.match(await words(director), /Ответьте на/);
  await director.goto("/petitions?state=open");
  await checkPage(director);
  await director.getByRole("link", { name: /ЗР/ }).click();
  await director.waitForLoadState();
  assert.match(await words(director), new RegExp(REASON));
  await checkPage(director);
  await director.getByRole("link", { name: "Выбрать наставника" }).click();
  await director.waitForLoadState();
  await checkPage(director);
  await replace(director);
  assert.match(await words(director), /Ход оформления|Участники/);

  await mentee.goto(`${pair}/petition`);
  assert.match(await words(mentee), /наставник заменяется/);
  await findsNothing(curator, pair);
});

// The director gives the mentor a deputy's post and the curator's role.
async function makeCurator(page, name) {
  await page.goto(`/people?q=${encodeURIComponent(name.split(" ")[0])}`);
  await page.getByRole("link", { name: new RegExp(name) }).first().click();
  await page.waitForLoadState();
  await page.goto(`${new URL(page.url()).pathname}/employments/new`);
  await page.getByLabel("Должность").fill("заместитель директора");
  await page.getByLabel("Доля ставки, %").fill("25");
  await page.getByLabel("Принят с").fill("01.09.2020");
  await page.locator("main form button.btn-primary").click();
  await page.waitForLoadState();
  await notRefused(page);
  await page.goto("/organizations");
  await page.locator("main tbody a").first().click();
  await page.waitForLoadState();
  await page.goto(`${new URL(page.url()).pathname}/roles/new?q=${encodeURIComponent(name.split(" ")[0])}`);
  await page.getByRole("radio", { name: /Куратор/i }).check();
  const option = page.getByLabel("Кого назначить").locator("option", { hasText: name });
  await page.getByLabel("Кого назначить").selectOption(await option.getAttribute("value"));
  await page.getByLabel("Номер приказа").fill("31-к");
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel("Дата приказа").fill(today);
  await page.getByLabel("Действует с").fill(today);
  await press(page, "Назначить роль");
  await notRefused(page);
}

// The first mentor whose subject the form of the pair allows.
async function replace(page) {
  const options = await page.getByLabel("Новый наставник").locator("option").count();
  for (let index = 1; index < options; index += 1) {
    await page.getByLabel("Новый наставник").selectOption({ index });
    await press(page, "Заменить наставника");
    if ((await page.locator("[data-errors]").count()) === 0) return;
  }
  await notRefused(page);
}

async function findsNothing(curator, pair) {
  for (const address of ["/", "/petitions", pair, `${pair}/petition`, "/papers", "/endings"]) {
    await curator.goto(address);
    const text = await words(curator);
    assert.doesNotMatch(text, new RegExp(`${REASON}|ЗР/`), address);
    if (address === "/petitions") await checkPage(curator);
  }
}
