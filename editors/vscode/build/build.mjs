// Makes the one file that VS Code loads, and the licences of the packages that are in it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, here } from "./bundle.mjs";

const { metafile } = await bundle({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  external: ["vscode"],
  minify: true,
  metafile: true,
  legalComments: "none",
});

const folders = Object.keys(metafile.inputs).map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
const licences = [...new Set(folders.filter(Boolean))].sort().map((folder) => {
  const name = readdirSync(join(here, folder)).find((file) => /^licen[cs]e/i.test(file));
  if (!name) {
    throw new Error(`${folder} has no licence`);
  }
  return `${folder.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(here, folder, name), "utf8").trim()}\n`;
});
writeFileSync(join(here, "dist", "LICENSES.txt"), licences.join("\n----\n\n"));
