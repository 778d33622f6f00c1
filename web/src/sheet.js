// Filling a sheet of the self-diagnosis: each change is sent at once. What could not be sent is kept in this browser
// under the sheet's id and goes when the connection returns, from whatever page is open then. The server keeps the later
// of two changes, so sending one twice does no harm. Without this script the buttons of the page save it.

const PREFIX = "nastavnik-sheet:";
const RETRY_MS = 10000;
const PATIENCE_MS = 15000;
const TYPING_MS = 900;

const account = document.body.dataset.account ?? "";
const sheet = document.querySelector("[data-sheet]");
const place = document.querySelector("[data-sheet-state]");
// Where a browser refuses to keep anything, memory has to do.
const memory = new Map();

const words = {
  saving: "Сохраняем…",
  away: "Нет связи: ответы сохранены в этом браузере и уйдут, когда связь вернётся",
  door: "Вход закончился: ответы сохранены в этом браузере. Войдите снова, и они уйдут",
  closed: "Этот лист уже завершён: новые ответы в него не вошли. Обновите страницу",
};

function say(text) {
  // A line that says the same again stays quiet for those who listen.
  if (!place || place.textContent === text) return;
  place.textContent = text;
  place.toggleAttribute("data-away", [words.away, words.door, words.closed].includes(text));
}

function read(id) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + id)) ?? undefined;
  } catch {
    return memory.get(id);
  }
}

function keep(id, kept) {
  const isEmpty = !kept || Object.keys(kept.changes).length === 0;
  try {
    if (isEmpty) localStorage.removeItem(PREFIX + id);
    else localStorage.setItem(PREFIX + id, JSON.stringify(kept));
  } catch {
    if (isEmpty) memory.delete(id);
    else memory.set(id, kept);
  }
}

function keptSheets() {
  const ids = [...memory.keys()];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key.startsWith(PREFIX)) ids.push(key.slice(PREFIX.length));
    }
  } catch {
    // Nothing is kept there.
  }
  return ids;
}

function forgetAll() {
  for (const id of keptSheets()) keep(id, undefined);
}

// A school's computer has many people: what another one left unsent is not for this one to keep.
if (account) {
  for (const id of keptSheets()) if (read(id)?.account !== account) keep(id, undefined);
}

function change(name, value) {
  const id = sheet.dataset.sheet;
  const kept = read(id) ?? { account, url: sheet.dataset.sheetUrl, changes: {} };
  kept.changes[name] = { value, at: Date.now() };
  keep(id, kept);
}

let sending;

// Sends everything that waits; tells whether nothing waits any more.
function flush() {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll() {
  for (const id of keptSheets()) {
    // A change made while the others were on their way goes with the next letter.
    for (let kept = read(id); kept?.account === account; kept = read(id)) {
      if (!(await send(id, kept))) return false;
    }
  }
  return true;
}

async function send(id, kept) {
  const now = Date.now();
  const body = new URLSearchParams();
  for (const [name, { value, at }] of Object.entries(kept.changes)) {
    body.append("change", `${name}|${Math.max(0, now - at)}|${value}`);
  }
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(kept.url, { method: "POST", body, signal: patience.signal, redirect: "manual" });
    if (answer.status === 204) {
      const left = read(id) ?? kept;
      for (const [name, { at }] of Object.entries(kept.changes)) {
        if (left.changes[name]?.at === at) delete left.changes[name];
      }
      keep(id, left);
      say(`Сохранено ${new Date().toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" })}`);
      return true;
    }
    if ([403, 404, 409].includes(answer.status)) {
      keep(id, undefined);
      say(words.closed);
      return true;
    }
    say(answer.type === "opaqueredirect" ? words.door : words.away);
    return false;
  } catch {
    say(words.away);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function sendSoon() {
  if (account && keptSheets().length > 0) flush();
}
window.addEventListener("online", sendSoon);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendSoon());
setInterval(sendSoon, RETRY_MS);
sendSoon();

// Leaving the program or finishing the sheet: first everything goes, then nothing stays in this browser. Who is refused
// at the door meanwhile may leave all the same: the answers wait for them, and the next person's page removes them.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const isDone = form.matches("[data-sheet-done]");
    const leaves = ["/logout", "/demo/persona"].includes(form.getAttribute("action"));
    if (!(isDone || leaves) || form.dataset.flushed || keptSheets().length === 0) return;
    event.preventDefault();
    flush().then((isSent) => {
      if (isSent) forgetAll();
      else if (isDone || !navigator.onLine) return;
      form.dataset.flushed = "1";
      form.requestSubmit(event.submitter);
    });
  },
  true,
);

if (sheet) fill();

function fill() {
  const forms = [...sheet.querySelectorAll("[data-step]")];
  const count = sheet.querySelector("[data-sheet-count]");
  const progress = sheet.querySelector("progress");
  const all = sheet.querySelectorAll("[data-item]").length;

  const recount = () => {
    const answered = sheet.querySelectorAll("[data-item] input[type=radio]:checked").length;
    count.textContent = `${answered} из ${all}`;
    progress.value = answered;
  };

  // What was answered without connection stands in the page again after a reload.
  for (const [name, { value }] of Object.entries(read(sheet.dataset.sheet)?.changes ?? {})) {
    const [subject, what] = name.split("|");
    if (what === "note") sheet.querySelector(`[data-note="${subject}"]`).value = value;
    else {
      const item = sheet.querySelector(`[data-item="${subject}"]`);
      const input = item?.querySelector(what === "level" ? `input[type=radio][value="${value}"]` : "input[type=checkbox]");
      if (input) input.checked = what === "level" || value === "1";
    }
  }
  recount();

  let typing;
  const sendChange = () => {
    if (!place.textContent.startsWith("Нет связи")) say(words.saving);
    flush();
  };
  sheet.addEventListener("change", ({ target }) => {
    const item = target.closest("[data-item]")?.dataset.item;
    if (!item) return;
    if (target.type === "radio") change(`${item}|level`, target.value);
    else change(`${item}|important`, target.checked ? "1" : "0");
    recount();
    sendChange();
  });
  sheet.addEventListener("input", ({ target }) => {
    const note = target.dataset.note;
    if (!note) return;
    change(`${note}|note`, target.value);
    clearTimeout(typing);
    typing = setTimeout(sendChange, TYPING_MS);
  });

  const show = (wanted) => {
    const index = Math.min(Math.max(wanted, 0), forms.length - 1);
    forms.forEach((form, at) => {
      form.hidden = at !== index;
    });
    forms[index].querySelector("h2").focus({ preventScroll: true });
    sheet.scrollIntoView({ block: "start" });
  };
  sheet.addEventListener("submit", (event) => {
    const index = forms.indexOf(event.target);
    if (index < 0) return;
    event.preventDefault();
    const next = event.submitter?.value === "back" ? index - 1 : index + 1;
    if (next < forms.length) {
      flush();
      history.pushState(null, "", `?step=${next + 1}`);
      show(next);
      return;
    }
    flush().then((isSent) => {
      if (isSent) location.assign(sheet.dataset.sheetEnd);
    });
  });
  window.addEventListener("popstate", () => {
    show(Number(new URLSearchParams(location.search).get("step") ?? 1) - 1);
  });
}
