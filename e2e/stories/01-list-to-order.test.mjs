// The main job once through: an empty municipality, the staff list, a pair, its papers, the director's signature,
// and the indicator that moves by exactly the one person added.
import assert from "node:assert/strict";
import path from "node:path";
import { checkPage } from "../support/check.mjs";
import { formPair, makePapers, prepareOrder, signOrder } from "../support/pair.mjs";
import { story } from "../support/story.mjs";
import { firstEntry, notRefused, openOrganization, press, printSlip, slipOf, words } from "../support/steps.mjs";

const LIST = path.resolve(import.meta.dirname, "../../demo/staff.xlsx");
const SCHOOL = "МБОУ «СОШ №5»";

story("from the staff list to a signed order and an honest indicator", { data: "empty" }, async ({ page, app, newPerson }) => {
  const link = app.log().match(/https?:\S+\/invitations\/\S+/)[0];
  await firstEntry(page, link);
  await checkPage(page);
  await nameThePlace(page);
  await addOfficial(page);

  const department = await newPerson();
  await firstEntry(department, await slipOf(app, "zhuravleva-os"));
  await checkPage(department);
  await loadList(department);
  const before = await youngMentored(department);
  assert.equal(before.mentored, 0);
  assert.ok(before.young > 100, `${before.young} young specialists in the city`);

  await giveRole(department, SCHOOL, "Руководитель", "Титова Эльмира Богдановна");
  await printSlip(department, SCHOOL, "Титова Эльмира Богдановна");
  const director = await newPerson();
  await firstEntry(director, await slipOf(app, "titova-eb"));
  await checkPage(director);
  await giveRole(director, SCHOOL, "Куратор", "Пришвина Виталия Феликсовна");
  await printSlip(director, SCHOOL, "Пришвина Виталия Феликсовна");

  const curator = await newPerson();
  await firstEntry(curator, await slipOf(app, "prishvina-vf"));
  await checkPage(curator);
  const mentee = await confirmNeed(curator);
  await listMentor(curator, "Распутина Олеся Ярославовна");
  const pair = await formPair(curator, mentee, "Распутина");
  await makePapers(curator, pair, today());
  const order = await prepareOrder(curator);

  await signOrder(director, order, today());
  const after = await youngMentored(department);
  assert.deepEqual(after, { mentored: before.mentored + 1, young: before.young });
  await curator.goto(pair);
  assert.match(await words(curator), /действует/i);
  await checkPage(curator);
});

async function nameThePlace(page) {
  await page.goto("/");
  await page.getByRole("link", { name: /Назвать.*муниципалитет/ }).click();
  await page.getByLabel("Название").fill("Город Нефтеюганск");
  await press(page, "Сохранить");
  await notRefused(page);
}

async function addOfficial(page) {
  await page.goto("/people/new");
  await page.getByLabel("Фамилия").fill("Журавлёва");
  await page.getByLabel("Имя", { exact: true }).fill("Ольга");
  await page.getByLabel("Отчество").fill("Семёновна");
  await page.getByLabel("Женский").check();
  const organization = page.getByLabel("Организация");
  if (await organization.count()) await organization.selectOption({ label: "Департамент образования" });
  await page.getByLabel("Должность").fill("главный специалист");
  await page.getByLabel("Доля ставки, %").fill("100");
  await checkPage(page);
  await press(page, "Добавить работника");
  await notRefused(page);
  await giveRole(page, "Департамент образования", "Специалист департамента", "Журавлёва Ольга Семёновна");
  await printSlip(page, "Департамент образования", "Журавлёва Ольга Семёновна");
}

async function giveRole(page, organization, role, person) {
  const place = await openOrganization(page, organization);
  await page.goto(`${place}/roles/new?q=${encodeURIComponent(person.split(" ")[0])}`);
  await page.getByRole("radio", { name: new RegExp(role, "i") }).check();
  const option = page.getByLabel("Кого назначить").locator("option", { hasText: person });
  await page.getByLabel("Кого назначить").selectOption(await option.getAttribute("value"));
  await page.getByLabel("Номер приказа").fill("17-к");
  await page.getByLabel("Дата приказа").fill(today());
  await page.getByLabel("Действует с").fill(today());
  await checkPage(page);
  await press(page, "Назначить роль");
  await notRefused(page);
}

async function loadList(page) {
  await page.goto("/imports");
  await checkPage(page);
  const owner = page.getByLabel("Чей это список");
  if (await owner.count()) await owner.selectOption({ index: 1 });
  await page.locator('input[type="file"]').setInputFiles(LIST);
  await press(page, "Проверить файл");
  await notRefused(page);
  const apply = page.getByRole("button", { name: "Загрузить", exact: true });
  await until(page, async () => (await apply.count()) > 0);
  assert.match(await words(page), /1 706/);
  await checkPage(page);
  await apply.first().click();
  await until(page, async () => /загружен/i.test(await words(page)) && !/идёт|загружается/i.test(await words(page)));
  await page.goto("/people");
  assert.match(await words(page), /из 1 70[67]/);
  await checkPage(page);
}

async function until(page, ready) {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await ready().catch(() => false)) return;
    // The page looks for news by itself; looking again by hand must not hurt, even in the middle of its own look.
    await page.waitForTimeout(500);
    if (tries % 8 === 7) await page.goto(page.url()).catch(() => {});
  }
  assert.fail(`waited in vain: ${await words(page)}`);
}

/** Young specialists with a mentor and all of them, as the page of indicators says. */
async function youngMentored(page) {
  const count = async (list) => {
    await page.goto(`/indicators/1/${list}`);
    const found = (await words(page)).match(/из (\d[\d ]*)|Ничего не найдено|никого/i);
    return found?.[1] ? Number(found[1].replaceAll(" ", "")) : 0;
  };
  const mentored = await count("numerator");
  const young = await count("denominator");
  await page.goto("/indicators");
  await checkPage(page);
  return { mentored, young };
}

async function confirmNeed(page) {
  await page.goto("/bank/mentees?category=young&state=proposed");
  await checkPage(page);
  await page.goto("/bank/mentees?q=Крюкова");
  const name = "Крюкова Зинаида Иларионовна";
  await page.getByRole("link", { name: /Крюкова/ }).first().click();
  await page.getByRole("radio", { name: /молод/i }).check();
  await page.getByRole("radio", { name: /подтвердить/i }).check();
  await checkPage(page);
  await press(page, "Записать решение");
  await notRefused(page);
  return name;
}

async function listMentor(page, name) {
  await page.goto("/bank/mentors/new");
  const option = page.getByLabel("Работник").locator("option", { hasText: name });
  await page.getByLabel("Работник").selectOption(await option.getAttribute("value"));
  await page.getByLabel("Сколько наставляемых одновременно").fill("2");
  await press(page, "Внести в банк");
  await notRefused(page);
  await page.getByLabel("Достижение").fill("Победа в городском конкурсе «Учитель года»");
  await page.locator("#f-achieved_on").fill("2025-04-10");
  await page.getByLabel("Чем подтверждено").fill("Приказ департамента № 210-п");
  await press(page, "Записать достижение");
  await notRefused(page);
  await checkPage(page);
}

function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Yekaterinburg" }).format(new Date());
}
