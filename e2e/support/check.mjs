// What every page must be, whatever it shows: usable by everyone, quiet, and not wider than a phone.
import assert from "node:assert/strict";
import { readFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { out } from "./app.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 375, height: 812 };

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Checks the page as it stands, on a desk screen and on a phone: no violation of WCAG 2.2 A and AA that axe can see,
 * nothing that the watch noticed, no sideways scrolling. Leaves the page at the size it had.
 * With E2E_PICTURES=1 both views are kept in e2e/out/pages for a person to look at.
 */
export async function checkPage(page) {
  const before = page.viewportSize();
  const faults = [];
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await page.evaluate(() => document.fonts.ready.then(() => null));
    faults.push(...(await axeFaults(page, size)), ...(await tooWide(page, size)));
    if (process.env.E2E_PICTURES) await picture(page, size);
  }
  await page.setViewportSize(before);
  faults.push(...takeProblems(page));
  assert.deepEqual(faults, [], `${page.url()} is not in order`);
}

/** Takes away and returns what the watch noticed on the page's context so far. */
export function takeProblems(page) {
  return page.context().problems.splice(0);
}

// Over the debugging protocol, because the page's own policy (rightly) forbids a script from outside to be evaluated.
async function axeFaults(page, size) {
  const session = await page.context().newCDPSession(page);
  try {
    await evaluate(session, `${axeSource}; undefined`);
    const found = await evaluate(
      session,
      `axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(RULES)} }, resultTypes: ["violations"] })
        .then((result) => result.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => ({
          id, help, where: node.target.join(" "), why: node.failureSummary, html: node.html.slice(0, 200) }))))`,
    );
    return found.map(({ id, help, where, why, html }) => `axe ${size.width}: ${id}: ${help}: ${where}\n${why}\n${html}`);
  } finally {
    await session.detach();
  }
}

async function evaluate(session, expression) {
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function tooWide(page, size) {
  return page.evaluate((width) => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const name = (element) => `${element.tagName.toLowerCase()}${element.id && `#${element.id}`}.${element.className}`;
    const wide = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map(name);
    return [`scrolls sideways at ${width}: ${root.scrollWidth} pixels wide because of ${wide.slice(0, 5).join(", ")}`];
  }, size.width);
}

async function picture(page, size) {
  const { pathname, search } = new URL(page.url());
  const name = `${pathname}${search}`.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "home";
  const folder = path.join(out, "pages");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name.slice(0, 80)}-${size.width}.png`), fullPage: true });
}
