// What stands before the reader's eyes is read: a form with data-quiet is sent by itself once the page is visible, and
// again when live.js has put a new one in place. Without this script its button does the same.

const forms = () => document.querySelectorAll("form[data-quiet]:not([data-sent])");

async function send(form) {
  form.dataset.sent = "1";
  try {
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    form.remove();
  } catch {
    // No connection: the button is still there.
    delete form.dataset.sent;
  }
}

function look() {
  if (!document.hidden) forms().forEach(send);
}

if (document.querySelector("[data-live]")) {
  look();
  document.addEventListener("visibilitychange", look);
  const live = document.querySelector("[data-live]");
  new MutationObserver(look).observe(live, { childList: true, subtree: true });
}
