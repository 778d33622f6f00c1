// Notices everything a page should never do: errors in the console, uncaught exceptions, breaches of the content
// security policy, answers of 500 and above, requests that leave the program.

// Answers the program gives on purpose (refusals, forms with mistakes, conflicts). Chromium writes each of them into the
// console as a failed load, which is not a fault of the page. A missing picture or script still is one.
const REFUSALS = new Set([400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 507]);
const ASKED_BY_USER = new Set(["document", "xhr", "fetch"]);

/** Watches all pages of a browser context; returns the list that problems are added to. */
export async function watch(context, base) {
  const problems = [];
  const refused = new Set();

  await context.exposeBinding("reportBreach", (_, breach) => problems.push(`content security policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportBreach(`${event.effectiveDirective} refused ${event.blockedURI} on ${event.documentURI}`);
    });
  });
  context.on("response", (response) => {
    const kind = response.request().resourceType();
    if (REFUSALS.has(response.status()) && ASKED_BY_USER.has(kind)) refused.add(response.url());
    if (response.status() >= 500 && response.status() !== 507) problems.push(`${response.status()} from ${response.url()}`);
  });
  context.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(base)) problems.push(`a request to somebody else: ${url}`);
  });
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    if (message.text().startsWith("Failed to load resource") && refused.has(url)) return;
    problems.push(`console: ${message.text()} (${url})`);
  });
  context.on("weberror", (error) => problems.push(`uncaught: ${error.error().stack ?? error.error()}`));
  return problems;
}
