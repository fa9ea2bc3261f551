// Judges each line of a file by a schema with ajv, and prints how many keep it: node ajv.mjs SCHEMA FILE
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

// From the folder that it was installed in, which need not be that of this file.
const require = createRequire(`${process.cwd()}/`);
const Ajv = require("ajv/dist/2020").default;

const [schema, file] = process.argv.slice(2);
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
let kept = 0;
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (validate(JSON.parse(line))) kept += 1;
}
console.log(kept);
