import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { candidates, findExecutable, type Place } from "../src/executable";
import { program, temporaryFolder } from "./folders";

const NOWHERE: Place = { setting: "", folders: [], path: "", isTrusted: true, isWindows: false };

test("the setting counts alone, even if it names nothing", () => {
  const folder = temporaryFolder();
  program(join(folder, ".venv/bin/minimax-validate"));
  const named = program(join(folder, "tools/mv"));
  assert.deepEqual(findExecutable({ ...NOWHERE, folders: [folder], setting: named }), { executable: named, origin: "setting" });
  assert.equal(findExecutable({ ...NOWHERE, folders: [folder], setting: "tools/other" }), undefined);
  for (const setting of ["tools/mv", "${workspaceFolder}/tools/mv", " ./tools/mv "]) {
    assert.equal(findExecutable({ ...NOWHERE, folders: [folder], setting })?.executable, named);
  }
  assert.equal(candidates({ ...NOWHERE, setting: "~/mv" })[0]?.executable, join(homedir(), "mv"));
});

test("the selected interpreter comes first, then .venv, venv and the PATH", () => {
  const folder = temporaryFolder();
  const onPath = program(join(folder, "usr/minimax-validate"));
  const place = { ...NOWHERE, folders: [join(folder, "work")], path: ["relative", join(folder, "usr")].join(delimiter) };
  assert.deepEqual(findExecutable(place), { executable: onPath, origin: "PATH" });
  const venv = program(join(folder, "work/venv/bin/minimax-validate"));
  assert.equal(findExecutable(place)?.executable, venv);
  const dotVenv = program(join(folder, "work/.venv/bin/minimax-validate"));
  assert.equal(findExecutable(place)?.executable, dotVenv);
  const selected = program(join(folder, "conda/bin/minimax-validate"));
  for (const interpreter of [join(folder, "conda/bin/python"), join(folder, "conda")]) {
    assert.deepEqual(findExecutable({ ...place, interpreter }), { executable: selected, origin: "environment" });
  }
});

test("the second folder of a workspace may have the environment", () => {
  const folder = temporaryFolder();
  const executable = program(join(folder, "two/.venv/bin/minimax-validate"));
  assert.equal(findExecutable({ ...NOWHERE, folders: [join(folder, "one"), join(folder, "two")] })?.executable, executable);
});

test("what cannot be run, and folders, are skipped", () => {
  const folder = temporaryFolder();
  program(join(folder, ".venv/bin/minimax-validate"), "exit 0", 0o644);
  program(join(folder, "venv/bin/minimax-validate/file"));
  assert.equal(findExecutable({ ...NOWHERE, folders: [folder] }), undefined);
});

test("nothing inside an untrusted workspace is run, by whatever way it is found", () => {
  const folder = temporaryFolder();
  const work = join(folder, "work");
  program(join(work, ".venv/bin/minimax-validate"));
  const interpreter = join(work, ".venv/bin/python");
  const path = join(work, ".venv/bin");
  const place = { ...NOWHERE, folders: [work], interpreter, path, isTrusted: false };
  assert.equal(findExecutable(place), undefined);
  const outside = program(join(folder, "usr/minimax-validate"));
  assert.equal(findExecutable({ ...place, path: [path, join(folder, "usr")].join(delimiter) })?.executable, outside);
  assert.ok(findExecutable({ ...place, isTrusted: true }));
  // The user's own setting may be relative, and a link may lead there.
  assert.equal(findExecutable({ ...place, setting: ".venv/bin/minimax-validate" }), undefined);
  symlinkSync(work, join(folder, "link"));
  assert.equal(findExecutable({ ...place, folders: [join(folder, "link")] }), undefined);
});

test("Windows has other names", () => {
  const names = candidates({ ...NOWHERE, folders: ["/w"], path: "/p", isWindows: true }).map((found) => found.executable);
  assert.deepEqual(names, ["/w/.venv/Scripts/minimax-validate.exe", "/w/venv/Scripts/minimax-validate.exe", "/p/minimax-validate.exe"]);
});
