// Builds styles, scripts, fonts and icons into crates/app/assets/dist, each with a hash of its content in its
// name, packed twins beside it and a manifest from plain names to hashed ones. Run: npm ci && npm run build
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { icons, tones } from "./src/icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const app = join(here, "../crates/app");
const dist = join(app, "assets/dist");
const CSS_BUDGET = 45 * 1024;

// Tabler styles far more than we show: what no template or script names is cut out, and so are its components
// that go by the name of one of ours.
const OURS = /^\.?(alert|calendar|empty|footer|icon|legend|page|placeholder|ratio|signature|status|steps|tag|toolbar)$/;
const purged = {
  name: "purged-tabler",
  setup(bundler) {
    bundler.onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const [result] = await new PurgeCSS().purge({
        content: [`${app}/templates/**/*.html`, join(here, "src/*.js")],
        css: [path],
        variables: true,
        keyframes: true,
        fontFace: true,
        blocklist: [OURS, /data-bs-theme/, /^\[dir/],
      });
      return { contents: result.css, loader: "css" };
    });
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const manifest = {};

const bundle = await build({
  entryPoints: [join(here, "src/app.css"), join(here, "src/app.js")],
  outdir: dist,
  bundle: true,
  minify: true,
  metafile: true,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "file" },
  external: ["data:*"],
  target: ["chrome109", "firefox102", "safari15.4"],
  legalComments: "none",
  plugins: [purged],
});
for (const [path, output] of Object.entries(bundle.metafile.outputs)) {
  if (output.entryPoint) manifest[basename(output.entryPoint)] = basename(path);
  else manifest[basename(path).replace(/-[A-Z0-9]{8}\./, ".")] = basename(path);
}

checkIconNames();
write("icons.svg", sprite());
write("mark.svg", readFileSync(join(here, "src/mark.svg"), "utf8"));
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2));

for (const name of readdirSync(dist)) {
  if (!/\.(css|js|svg)$/.test(name)) continue;
  const plain = readFileSync(join(dist, name));
  const packed = brotliCompressSync(plain, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
  });
  writeFileSync(join(dist, `${name}.br`), packed);
  writeFileSync(join(dist, `${name}.gz`), gzipSync(plain, { level: 9 }));
  console.log(`${name.padEnd(24)} ${kib(plain.length)} plain ${kib(packed.length)} brotli`);
  if (name.endsWith(".css") && packed.length > CSS_BUDGET) throw new Error(`${name} is over ${kib(CSS_BUDGET)}`);
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;
}

function write(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  manifest[name] = name.replace(".", `-${hash}.`);
  writeFileSync(join(dist, manifest[name]), text);
}

function sprite() {
  const symbol = (id, icon) => {
    const svg = readFileSync(join(here, `node_modules/@tabler/icons/icons/outline/${icon}.svg`), "utf8");
    const paths = svg
      .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
      .replace(/\s*\n\s*/g, "");
    return `<symbol id="${id}" viewBox="0 0 24 24">${paths}</symbol>`;
  };
  const all = [
    ...icons.map((icon) => symbol(icon, icon)),
    ...Object.entries(tones).map(([tone, icon]) => symbol(`tone-${tone}`, icon)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg">${all.join("")}</svg>`;
}

function checkIconNames() {
  const templates = join(app, "templates");
  for (const name of readdirSync(templates, { recursive: true }).filter((name) => name.endsWith(".html"))) {
    for (const [, icon] of readFileSync(join(templates, name), "utf8").matchAll(/\bicon\("([^"]+)"\)/g)) {
      if (!icons.includes(icon) && !icon.startsWith("tone-")) throw new Error(`${name}: no icon «${icon}»`);
    }
  }
}
