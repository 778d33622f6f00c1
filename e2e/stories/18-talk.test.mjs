// Two people write to each other: a message appears at the other side by itself, a file travels, the mark of what is new
// goes away once it has been seen, a message is mended and taken back, the talk is searched.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checkPage, PHONE } from "../support/check.mjs";
import { signIn, story } from "../support/story.mjs";
import { notRefused, press, words } from "../support/steps.mjs";

const PDF = { name: "план урока.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 the plan of a lesson") };

story("mentor and mentee write to each other", async ({ page: mentor, newPerson }) => {
  await signIn(mentor, "mentor2");
  await mentor.goto("/pairs?state=active");
  const talk = `${await mentor.locator("main tbody a").first().getAttribute("href")}/talk`;
  const mentee = await newPerson();
  await mentee.setViewportSize(PHONE);
  await signIn(mentee, "mentee2");

  // The demo has left an answer of the mentor: home says so until it is seen.
  assert.match(await words(mentee), /Вам написали: 1 сообщение/);
  await checkPage(mentee);
  await mentee.getByRole("link", { name: "Прочитать" }).click();
  await mentee.waitForURL(`**${talk}`);
  await mentee.getByText("Новые сообщения").waitFor();
  await mentee.getByRole("button", { name: "Отметить прочитанным" }).waitFor({ state: "detached" });
  await checkPage(mentee);
  await mentee.goto("/");
  assert.doesNotMatch(await words(mentee), /Вам написали/);
  await mentee.goto(talk);

  // A draft survives a reload; the file goes with the message and opens at the other side.
  await mentor.goto(talk);
  await mentor.getByLabel("Сообщение").fill("Посмотрите план: https://edsoo.ru/plan.\nОн в файле");
  await mentor.reload();
  await mentor.getByText("Продолжаем черновик").waitFor();
  await mentor.getByLabel(/^Файл/).setInputFiles(PDF);
  await press(mentor, "Отправить");
  await notRefused(mentor);
  await mentor.getByText("Он в файле").waitFor();
  assert.equal(await mentor.getByLabel("Сообщение").inputValue(), "", "what is sent is not kept in the browser");
  await checkPage(mentor);

  // It comes to the mentee without a reload, also while something is being typed.
  await mentee.getByLabel("Сообщение").fill("Уже пишу");
  const link = mentee.getByRole("link", { name: "https://edsoo.ru/plan", exact: true });
  await link.waitFor();
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow");
  assert.equal(await mentee.getByLabel("Сообщение").inputValue(), "Уже пишу");
  const download = mentee.waitForEvent("download");
  await mentee.getByRole("link", { name: PDF.name }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), PDF.name);
  assert.deepEqual(await readFile(await file.path()), PDF.buffer);

  // Answered, mended, taken back: the other side sees it as it stands.
  await press(mentee, "Отправить");
  await notRefused(mentee);
  await mentor.getByText("Уже пишу").waitFor();
  await mentee.getByRole("link", { name: /^Исправить или отозвать/ }).last().click();
  await checkPage(mentee);
  await mentee.getByLabel("Сообщение").fill("Прочитала, зачёт проведу по нему");
  await press(mentee, "Сохранить");
  await mentor.getByText("Прочитала, зачёт проведу по нему").waitFor();
  await mentor.getByText("исправлено").waitFor();

  await mentor.getByLabel("Найти в переписке").fill("зачет");
  await press(mentor, "Найти");
  assert.match(await words(mentor), /Найдено: 1 сообщение/);
  assert.equal(await mentor.locator("mark").innerText(), "зачёт");
  await checkPage(mentor);
  await mentor.getByRole("link", { name: /^Показать в переписке/ }).click();
  await checkPage(mentor);

  await mentee.getByRole("link", { name: /^Исправить или отозвать/ }).last().click();
  await mentee.locator("details.confirm summary").click();
  await checkPage(mentee);
  await press(mentee, "Отозвать", mentee.locator("details.confirm form"));
  assert.match(await words(mentee), /Сообщение отозвано/);
  assert.doesNotMatch(await words(mentee), /зачёт/);

  await mentee.goto("/own/talks");
  await checkPage(mentee);
  const curator = await newPerson();
  await signIn(curator, "curator2");
  assert.equal((await curator.goto(talk)).status(), 404);
});
