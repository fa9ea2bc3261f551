// Makes the site in dist/. It is static: any server of files will do.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pythonArchive } from "./python.mjs";
import { rulePages } from "./rules.mjs";
import { report } from "./size.mjs";

const here = fileURLToPath(new URL("..", import.meta.url));
const dist = join(here, "dist");
const pyodide = join(here, "node_modules/pyodide");

// Styles of the editor are made by its program, so they are admitted by a word of their own. It is no secret.
const NONCE = "editor";
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "style-src-attr 'unsafe-inline'", // browsers style what is typed over a selection, and complain of themselves
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function write(path, content) {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), content);
  return path;
}

/** Write a file under a name that changes with what is in it, so that browsers may keep it for ever. */
function writeHashed(name, extension, content) {
  return write(`assets/${name}-${hash(content)}.${extension}`, content);
}

function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 10);
}

async function bundle(entry, define = {}) {
  const done = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2023",
    external: ["node:*"],
    loader: { ".json": "text", ".jsonc": "text", ".jsonl": "text", ".yaml": "text" },
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    legalComments: "none",
  });
  return done.outputFiles[0].contents;
}

function page(template, values) {
  const text = readFileSync(join(here, "src", template), "utf8");
  return text.replace(/%([A-Z]+)%/g, (_, name) => values[name]);
}

function files(folder = dist, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
}

rmSync(dist, { recursive: true, force: true });
const { info } = JSON.parse(readFileSync(join(pyodide, "pyodide-lock.json"), "utf8"));
const runtime = `pyodide-${info.version ?? JSON.parse(readFileSync(join(pyodide, "package.json"), "utf8")).version}`;
mkdirSync(join(dist, "assets", runtime), { recursive: true });
for (const name of ["pyodide.asm.mjs", "pyodide.asm.wasm"]) {
  copyFileSync(join(pyodide, name), join(dist, "assets", runtime, name));
}

const base = (path) => path.replace("assets/", "");
const archive = writeHashed("python", "zip", await pythonArchive());
const worker = writeHashed(
  "worker",
  "js",
  await bundle("worker.ts", { ARCHIVE: base(archive), PYODIDE: `${runtime}/`, LOCK: { info, packages: {} } }),
);
const values = {
  POLICY,
  ICON: writeHashed("icon", "svg", readFileSync(join(here, "src/icon.svg"))),
  STYLE: writeHashed("style", "css", await bundle("style.css")),
};
const main = writeHashed("main", "js", await bundle("main.ts", { WORKER: base(worker), NONCE }));
const rule = writeHashed("rule", "js", await bundle("rule.ts"));
write("index.html", page("index.html", { ...values, MAIN: main }));
for (const [path, title, text] of rulePages()) {
  write(path, page("rule.html", { ...values, MAIN: rule, TITLE: title, TEXT: text }));
}
const kept = files();
const version = hash(kept.map((path) => hash(readFileSync(join(dist, path)))).join());
write("service-worker.js", await bundle("service-worker.ts", { FILES: ["./", ...kept.filter((path) => path !== "index.html")], VERSION: version }));
// For hosts that read it, such as Cloudflare Pages: the same policy as a header, where it also holds for workers.
write("_headers", `/*\n  Content-Security-Policy: ${POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n`);
console.log(report(dist));
