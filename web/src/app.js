// Small improvements of pages that work without them. No inline scripts, no eval (strict content policy).
import htmx from "htmx.org";
import "./draft.js";
import "./live.js";
import "./sheet.js";
import "./talk.js";

// Before htmx starts on the page: it would write its own <style> and evaluate expressions.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

const root = document.documentElement;

// A form is sent once: the second press finds its buttons asleep. They wake if the person comes back.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.removeAttribute("data-changed");
  // Downloads leave the page where it is.
  const away = form.target === "_blank" || form.hasAttribute("data-download");
  // After the browser has gathered the values: a disabled button would not send its own.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.setAttribute("aria-disabled", "true");
    }
  });
  setTimeout(() => wake(form), away ? 3000 : 20000);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
});

function wake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

// «Есть несохранённые изменения»: forms with data-guard ask before they are left.
for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => form.setAttribute("data-changed", ""));
}
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});

// Filters apply themselves when a list or a box changes; text waits for Enter or the button.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filter]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
    form.requestSubmit();
  }
});
// Empty fields make no noise in the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-filter]")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

// The menu on a phone: opened by its own address without this script, by a press with it.
const menuButton = document.querySelector("[data-menu-button]");
const menu = document.getElementById("menu");
if (menuButton && menu) {
  menuButton.setAttribute("role", "button");
  const show = (open) => {
    menu.classList.toggle("is-open", open);
    menuButton.setAttribute("aria-expanded", String(open));
  };
  show(false);
  menuButton.addEventListener("click", (event) => {
    event.preventDefault();
    show(!menu.classList.contains("is-open"));
  });
  menuButton.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      menuButton.click();
    }
  });
  menu.querySelector("[data-menu-close]")?.addEventListener("click", (event) => {
    event.preventDefault();
    show(false);
    menuButton.focus();
  });
}

// Small windows close by Escape and by a press outside.
const popovers = "details.menu[open], details.clause[open]";
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(popovers)) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(popovers)) {
    open.open = false;
    if (open.contains(document.activeElement)) open.querySelector("summary").focus();
  }
  for (const confirm of document.querySelectorAll("details.confirm[open]")) {
    if (confirm.contains(document.activeElement)) {
      confirm.open = false;
      confirm.querySelector("summary").focus();
    }
  }
});
document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel]");
  if (!cancel) return;
  event.preventDefault();
  const confirm = cancel.closest("details");
  confirm.open = false;
  confirm.querySelector("summary").focus();
});

// The size and the name of a chosen file, said again under the field.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file]")) return;
  const place = document.getElementById(`${input.id}-chosen`);
  if (!place) return;
  const size = (bytes) =>
    bytes < 1048576 ? `${Math.ceil(bytes / 1024)} КБ` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} МБ`;
  place.textContent = [...input.files].map((file) => `Выбран файл «${file.name}», ${size(file.size)}`).join("; ");
});

// Mistakes are read first: the summary takes the focus when the page comes back with it.
document.querySelector("[data-errors]")?.focus();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

root.classList.add("has-script");
