// Pages that two people keep open at once: `data-live` is the address that tells the version, `data-version` the one
// this page shows. When another stands there the page is fetched and its parts (`data-part`) are put in place, all but
// those in which the reader is writing just now. Without this script a reload shows the same.
const EVERY = 1500;

for (const live of document.querySelectorAll("[data-live]")) setInterval(() => look(live), EVERY);

async function look(live) {
  if (document.hidden || live.dataset.busy || !live.dataset.live) return;
  live.dataset.busy = "1";
  try {
    const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { version } = await answer.json();
    if (String(version) !== live.dataset.version) await renew(live, version);
  } catch {
    // No connection: the next look tries again.
  } finally {
    delete live.dataset.busy;
  }
}

async function renew(live, version) {
  const answer = await fetch(live.dataset.livePage ?? location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...live.querySelectorAll("[data-part]")];
  const source = fresh.querySelector("[data-live]");
  if (!source || !isAlike(parts, source)) {
    if (!parts.some(isBusy)) location.reload();
    return;
  }
  let waits = false;
  for (const part of parts) {
    const other = source.querySelector(`[data-part="${part.dataset.part}"]`);
    if (part.innerHTML === other.innerHTML) continue;
    if (isBusy(part)) waits = true;
    else part.replaceWith(document.importNode(other, true));
  }
  if (waits) return;
  live.dataset.version = String(version);
  const note = document.querySelector("[data-live-note]");
  if (note) note.textContent = note.dataset.liveNote || "Текст обновлён: его изменил другой участник";
}

// The page has another shape now (signed, approved): only a reload shows it whole.
function isAlike(parts, source) {
  const names = (list) => [...list].map((part) => part.dataset.part).join();
  return names(parts) === names(source.querySelectorAll("[data-part]"));
}

// Somebody types here, or has typed and not sent.
function isBusy(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value !== field.defaultValue);
}
