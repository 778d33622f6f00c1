// A form with data-draft keeps what was entered in this browser until it is recorded: a reload, a closed tab or a lost
// connection takes nothing away. Recorded is what the server has led on from: the next page carries the form's key.
// Without this script the form works and keeps nothing.

const PREFIX = "nastavnik-draft:";

const account = document.body.dataset.account ?? "";
const form = document.querySelector("form[data-draft]");
const place = document.querySelector("[data-draft-state]");

const words = {
  away: "Нет связи: набранное сохранено в этом браузере. Нажмите кнопку ещё раз, когда связь вернётся",
  kept: "Черновик сохранён в этом браузере",
};

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

function keptDrafts() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function say(text, isAway) {
  place.textContent = text;
  place.toggleAttribute("data-away", isAway);
}

// A school's computer has many people: what another one left is not for this one to keep.
const done = new URLSearchParams(location.search).get("done");
for (const key of account ? keptDrafts() : []) {
  const draft = read(key);
  if (draft?.account !== account || (done && draft.form_key === done)) forget(key);
}
// Whoever leaves takes everything along.
document.addEventListener("submit", (event) => {
  if (["/logout", "/demo/persona"].includes(event.target.getAttribute("action"))) keptDrafts().forEach(forget);
});

if (form && account) keep(PREFIX + form.dataset.draft);

function keep(key) {
  // A chosen file is not kept: a page may not put one in place.
  const fields = () =>
    [...form.elements].filter((field) => field.name && field.name !== "form_key" && !["hidden", "file"].includes(field.type));
  const time = (at) => new Date(at).toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

  const restore = ({ values, at }) => {
    for (const field of fields()) {
      if (isChoice(field)) field.checked = (values[field.name] ?? []).includes(field.value);
      else field.value = values[field.name]?.[0] ?? "";
      if (!isChoice(field) && field.value) field.closest("details")?.setAttribute("open", "");
    }
    say(`Продолжаем черновик от ${time(at)}`, false);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small btn-quiet";
    button.textContent = "Начать заново";
    button.addEventListener("click", () => {
      forget(key);
      location.reload();
    });
    place.append(button);
  };

  // A form that came back with mistakes holds what was sent; a fresh one takes the draft.
  const draft = read(key);
  if (draft && !document.querySelector("[data-errors]")) restore(draft);

  const save = () => {
    const values = {};
    for (const field of fields()) {
      if (isChoice(field) && !field.checked) continue;
      (values[field.name] ??= []).push(field.value);
    }
    const form_key = form.elements.form_key.value;
    try {
      localStorage.setItem(key, JSON.stringify({ account, form_key, values, at: Date.now() }));
      say(navigator.onLine ? `${words.kept} в ${time(Date.now())}` : words.away, !navigator.onLine);
    } catch {
      // The browser refuses to keep anything: the form still works.
    }
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener(
    "submit",
    (event) => {
      save();
      if (navigator.onLine) return;
      event.preventDefault();
      say(words.away, true);
      place.scrollIntoView({ block: "center" });
    },
    true,
  );
  window.addEventListener("online", () => say("Связь вернулась: можно записать", false));
}
