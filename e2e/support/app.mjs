// Starts the program itself: a process of its own on a free port, with a data folder of its own that vanishes at the end.
import { spawn, execFile } from "node:child_process";
import { createServer } from "node:net";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "../..");
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");

/** The program under test; NASTAVNIK_BIN names another build of it. */
export const binary = process.env.NASTAVNIK_BIN ?? path.join(target, "debug/nastavnik");

/** Where pictures and logs of failures are left. */
export const out = path.resolve(import.meta.dirname, "../out");

const START_MS = 30_000;
const STOP_MS = 10_000;

/**
 * Starts the program and waits until it answers.
 * `data`: "demo" (a copy of the demo city) or "empty" (a folder with nothing in it). `args`: more options of `serve`.
 * `day`: the demo city as it is filled and stands on another day ("2026-09-07").
 * Returns `url`, `data` (the folder), `run(…args)` (a command of the program on that folder), `moveTo(day)` (the same
 * city on a later day, at the same address), `log()`, `stop()`.
 */
export async function startApp({ data = "demo", day, args = [] } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "nastavnik-e2e-"));
  if (data === "demo") await cp(await demoCity(day), folder, { recursive: true });
  const listen = `127.0.0.1:${await freePort()}`;
  const lines = [];
  const launch = (today) =>
    launchOn(listen, ["--data", folder, ...args, ...(today ? ["--today", today] : [])], lines);
  const removed = () => rm(folder, { recursive: true, force: true });
  let running;
  try {
    running = await launch(day);
  } catch (error) {
    await removed();
    throw error;
  }
  return {
    url: `http://${listen}`,
    data: folder,
    run: (...command) => run(...command, "--data", folder),
    log: () => textOf(lines),
    moveTo: async (later) => {
      await running.stop();
      running = await launch(later);
    },
    stop: () => running.stop().finally(removed),
  };
}

async function launchOn(listen, options, lines) {
  const child = spawn(binary, ["serve", "--listen", listen, ...options], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.on("data", (chunk) => lines.push(chunk));
  child.stderr.on("data", (chunk) => lines.push(chunk));
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? code));
    child.once("error", (error) => resolve(error.message));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const how = await Promise.race([ended, sleep(STOP_MS, "still running", { ref: false })]);
    if (how === "still running") child.kill("SIGKILL");
    if (how !== 0) throw new Error(`the program did not stop in order (${how}):\n${textOf(lines)}`);
  };
  try {
    await untilHealthy(`http://${listen}`, ended);
  } catch (error) {
    await stop().catch(() => {});
    throw new Error(`${error.message}\n${textOf(lines)}`);
  }
  return { stop };
}

function textOf(lines) {
  return Buffer.concat(lines).toString("utf8");
}

/** Runs a command of the program to its end; returns what it printed. */
export async function run(...args) {
  const { stdout } = await promisify(execFile)(binary, args, { cwd: root, maxBuffer: 64 << 20 });
  return stdout;
}

async function untilHealthy(url, ended) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok) return;
    const how = await Promise.race([ended, sleep(50, "alive")]);
    if (how !== "alive") throw new Error(`the program ended at start (${how})`);
  }
  throw new Error(`no answer from ${url}/healthz in ${START_MS / 1000} s`);
}

// Filling the city takes seconds, so it is done once for each build of the program (and each day) and then copied. It is
// filled beside and renamed, so that two runs at once cannot see a half-filled one.
async function demoCity(day) {
  const { mtimeMs, size } = await stat(binary);
  const build = `demo-${Math.round(mtimeMs)}-${size}`;
  const ready = path.join(out, day ? `${build}-${day}` : build);
  if (await stat(ready).catch(() => null)) return ready;
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) {
    const isStale = /^(demo|unfinished)-/.test(name) && !name.includes(build);
    if (isStale) await rm(path.join(out, name), { recursive: true, force: true });
  }
  const unfinished = await mkdtemp(path.join(out, `unfinished-${build}-`));
  await run("demo", "--data", unfinished, ...(day ? ["--today", day] : []));
  await rename(unfinished, ready).catch(async () => rm(unfinished, { recursive: true, force: true }));
  return ready;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
