import { build } from "esbuild";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL("..", import.meta.url));

/** Bundle programs of Node.js; VS Code itself provides the module `vscode`. */
export function bundle(options) {
  return build({
    absWorkingDir: here,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    logLevel: "warning",
    ...options,
  });
}
