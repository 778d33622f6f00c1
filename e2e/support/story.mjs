// story("name", async ({ page, app }) => …): one person's way through the program, in a browser of Debian.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { out, startApp } from "./app.mjs";
import { DESK } from "./check.mjs";
import { watch } from "./watch.mjs";

const TIMEOUT_MS = 180_000;
const STEP_MS = 10_000;

// Without these Chromium asks its maker's servers for one thing and another, which a closed network answers late or never.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser;
after(() => browser?.close());

/**
 * Registers a story. `options` as of startApp ({ data: "demo" | "empty", args, day }), `start`: what starts the program,
 * and `limit`: how long it may take, in milliseconds.
 * `steps` gets `page` (a tab 1280 pixels wide), `app`, `context`, and `newPerson()`: a tab of somebody else, with cookies
 * of their own. A story also fails if any of its pages did what the watch forbids.
 */
export function story(name, options, steps) {
  if (typeof options === "function") return story(name, {}, options);
  const { start = startApp, limit = TIMEOUT_MS, ...how } = options;
  return test(name, { timeout: limit }, async () => {
    const app = await start(how);
    const contexts = [];
    const newContext = async () => {
      browser ??= await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
      contexts.push(await openContext(app));
      return contexts.at(-1);
    };
    try {
      const context = await newContext();
      const newPerson = async () => (await newContext()).newPage();
      await steps({ page: await context.newPage(), app, context, newPerson });
      assert.deepEqual(contexts.flatMap((one) => one.problems), [], "the pages were not quiet");
    } catch (error) {
      await keepEvidence(name, contexts, app);
      throw error;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await app.stop();
    }
  });
}

/** Signs in through the page, as a person does. All demo logins have one password. */
export async function signIn(page, login, password = "nastavnik-demo") {
  await page.goto("/login");
  await page.locator('input[name="login"]').fill(login);
  await page.locator('input[name="password"]').fill(password);
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator('form:has(input[name="password"]) button').click();
  const status = (await answered).status();
  await page.waitForLoadState();
  assert.ok(status < 400, `${login} was not let in (answer ${status}): ${await page.locator("main").innerText()}`);
}

async function openContext(app) {
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: DESK,
    locale: "ru-RU",
    timezoneId: "Asia/Yekaterinburg",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(STEP_MS);
  context.problems = await watch(context, app.url);
  return context;
}

async function keepEvidence(name, contexts, app) {
  await mkdir(out, { recursive: true });
  const stem = path.join(out, name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80));
  const pages = contexts.flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    await page.screenshot({ path: `${stem}-${index + 1}.png`, fullPage: true }).catch(() => {});
    await writeFile(`${stem}-${index + 1}.html`, await page.content().catch(() => ""));
  }
  await writeFile(`${stem}.log`, app.log());
}

function chromiumPath() {
  const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((one) => one && existsSync(one));
  assert.ok(found, "no Chromium: scripts/setup-test installs it, CHROMIUM names another");
  return found;
}
