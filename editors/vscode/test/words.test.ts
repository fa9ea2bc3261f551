import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { LANGUAGES, OTHER_FILES, selector } from "../src/selector";
import { shown } from "../src/state";
import { diagnose, INSTALL, notFound } from "../src/trouble";
import { program, temporaryFolder } from "./folders";

test("without patterns all languages are looked at, and files that have none", () => {
  const filters = selector([" "]);
  for (const language of LANGUAGES) {
    assert.ok(filters.some((filter) => filter.scheme === "file" && filter.language === language));
    assert.ok(filters.some((filter) => filter.scheme === "untitled" && filter.language === language));
  }
  assert.ok(filters.some((filter) => filter.pattern === OTHER_FILES));
});

test("patterns take the place of the languages, and begin in any folder", () => {
  const files = selector(["prompts/**", "./*.json", "**/a.yaml", "/abs/*.json"]).filter((filter) => filter.scheme === "file");
  assert.deepEqual(files.map((filter) => filter.pattern), ["**/prompts/**", "**/*.json", "**/a.yaml", "/abs/*.json"]);
  assert.ok(files.every((filter) => filter.language === undefined));
});

test("the status says how many findings there are, or why there is no server", () => {
  const texts = [0, 1, 7].map((findings) => shown({ kind: "running", executable: "/x", findings }).text);
  assert.deepEqual(texts.map((text) => text.split(": ")[1]), ["no findings", "1 finding", "7 findings"]);
  assert.equal(shown({ kind: "stopped", message: "gone" }).detail, "gone");
  assert.equal(shown({ kind: "starting" }).isBusy, true);
});

test("what is missing is named with the way to install it", () => {
  assert.ok(notFound("", true).message.includes(INSTALL));
  assert.ok(!notFound("", true).message.includes("trusted"));
  assert.ok(notFound("", false).message.includes("once it is trusted"));
  assert.ok(notFound("bin/mv", true).message.endsWith("bin/mv"));
});

test("the words of the command say what keeps it from serving", async () => {
  const folder = temporaryFolder();
  const says = (name: string, words: string) => program(join(folder, name), `echo "${words}" >&2; exit 2`);
  assert.equal((await diagnose(says("old", "Error: No such command 'server'."))).kind, "too-old");
  const other = await diagnose(says("other", "Traceback\nMemoryError"));
  assert.equal(other.kind, "other");
  assert.ok(other.message.endsWith("MemoryError"));
  assert.ok((await diagnose(join(folder, "none"))).message.includes("ENOENT"));
});
