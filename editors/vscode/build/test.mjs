// Bundles each test with a stand-in for VS Code, and runs them all.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle, here } from "./bundle.mjs";

const tests = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts"));
rmSync(join(here, "out"), { recursive: true, force: true });
await bundle({
  entryPoints: tests.map((name) => `test/${name}`),
  outdir: "out",
  alias: { vscode: "./test/fake/vscode.ts", "vscode-languageclient/node": "./test/fake/languageclient.ts" },
});
const built = tests.map((name) => join("out", name.replace(/\.ts$/, ".js")));
const { status } = spawnSync(process.execPath, ["--test", ...built], { cwd: here, stdio: "inherit" });
process.exit(status ?? 1);
