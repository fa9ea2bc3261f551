import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { temporaryFolder } from "./folders";

test("the package holds one program, and nothing that it is made of", () => {
  const vsix = join(temporaryFolder(), "extension.vsix");
  const vsce = join("node_modules", "@vscode", "vsce", "vsce");
  execFileSync(process.execPath, [vsce, "package", "--no-dependencies", "--out", vsix], { stdio: "pipe" });
  const files = unzipSync(readFileSync(vsix));
  assert.deepEqual(Object.keys(files).sort(), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/dist/LICENSES.txt",
    "extension/dist/extension.js",
    "extension/images/icon.png",
    "extension/package.json",
    "extension/readme.md",
  ]);
  assert.ok(statSync(vsix).size < 400_000, `${statSync(vsix).size} bytes`);
  const program = strFromU8(files["extension/dist/extension.js"]!);
  const required = [...program.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]!);
  assert.ok(required.includes("vscode"));
  assert.deepEqual(required.filter((name) => name !== "vscode" && !isBuiltin(name)), []);
});

test("the packaged program loads with the real client in it", () => {
  // Whatever is asked of VS Code while it loads is a class: the client derives its own from some.
  const stub: unknown = new Proxy(class {}, { get: (target, name) => (name === "prototype" ? target.prototype : stub) });
  const vscode: object = new Proxy({}, { get: () => stub, getPrototypeOf: () => vscode }); // bundles copy it, and its prototype counts
  const load = createRequire(join(process.cwd(), "dist", "extension.js"));
  const bundled = { exports: {} as Record<string, unknown> };
  const program = readFileSync(join("dist", "extension.js"), "utf8");
  new Function("require", "module", "exports", program)((name: string) => (name === "vscode" ? vscode : load(name)), bundled, bundled.exports);
  assert.deepEqual(Object.keys(bundled.exports).sort(), ["activate", "deactivate"]);
});
