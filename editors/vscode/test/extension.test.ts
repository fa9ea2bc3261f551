import assert from "node:assert/strict";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { client, started } from "./fake/languageclient";
import { fake, workspace } from "./fake/vscode";
import { activate, deactivate } from "../src/extension";
import { program, temporaryFolder } from "./folders";

const folder = temporaryFolder();
const executable = program(join(folder, "work/.venv/bin/minimax-validate"));
const other = program(join(folder, "other/bin/minimax-validate"), 'echo "needs the extra server" >&2; exit 2');
const context = { subscriptions: [] } as never;

beforeEach(() => {
  started.length = fake.errors.length = fake.executed.length = 0;
  Object.assign(fake, { settings: {}, isTrusted: true, interpreter: undefined, choose: undefined, diagnostics: [] });
  Object.assign(client, { fails: false, stopped: 0 });
  workspace.workspaceFolders = [{ uri: { fsPath: join(folder, "work") } }];
  process.env["PATH"] = "";
});

/** Wait for what was set off and not waited for. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 500; left > 0 && !holds(); left -= 1) {
    await new Promise((done) => setTimeout(done, 10));
  }
  assert.ok(holds());
}

test("the environment's server is started, with the settings", async () => {
  fake.settings = { files: ["prompts/**"] };
  await activate(context);
  assert.equal(started.length, 1);
  assert.deepEqual([started[0]?.command, started[0]?.args], [executable, ["server"]]);
  assert.deepEqual(started[0]?.options["initializationOptions"], { workspaceDiagnostics: false });
  assert.equal(started[0]?.options["documentSelector"][0].pattern, "**/prompts/**");
  assert.deepEqual(fake.errors, []);
});

test("the status follows the findings that are ours", async () => {
  await activate(context);
  assert.equal(fake.status["text"], "minimax-validate: no findings");
  fake.diagnostics = [[{}, [{ source: "minimax-validate" }, { source: "eslint" }]]];
  fake.changedDiagnostics();
  assert.equal(fake.status["text"], "minimax-validate: 1 finding");
});

test("a setting of ours restarts the server, and others do not", async () => {
  await activate(context);
  fake.changedSetting("editor.fontSize");
  fake.changedSetting("minimax-validate.path");
  await until(() => started.length === 2);
  assert.equal(client.stopped, 1);
});

test("another environment restarts the server there", async () => {
  fake.interpreter = join(folder, "nowhere/bin/python");
  await activate(context);
  assert.equal(started[0]?.command, executable);
  fake.interpreter = join(folder, "other/bin/python");
  fake.changedEnvironment();
  await until(() => started.length === 2);
  assert.equal(started[1]?.command, other);
});

test("an untrusted workspace runs nothing of its own until it is trusted", async () => {
  fake.isTrusted = false;
  await activate(context);
  assert.equal(started.length, 0);
  assert.match(fake.errors[0] ?? "", /was not found.*trusted/);
  fake.isTrusted = true;
  fake.grantedTrust();
  await until(() => started.length === 1);
});

test("if there is no server, the setting is a click away", async () => {
  fake.settings = { path: "none" };
  fake.choose = "Open the setting";
  await activate(context);
  await until(() => fake.executed.length > 0);
  assert.deepEqual(fake.executed, [["workbench.action.openSettings", "minimax-validate.path"]]);
  assert.equal(fake.status["text"], "minimax-validate: not running");
});

test("if the extra is missing, the message says what to install", async () => {
  client.fails = true;
  fake.settings = { path: other };
  await activate(context);
  assert.match(fake.errors[0] ?? "", /pip install 'minimax-validate\[server\]'/);
});

test("the command checks the workspace, and restarts once for it", async () => {
  await activate(context);
  await fake.commands["minimax-validate.checkWorkspace"]?.();
  await fake.commands["minimax-validate.checkWorkspace"]?.();
  assert.deepEqual(started.map((one) => one.options["initializationOptions"].workspaceDiagnostics), [false, true]);
  assert.deepEqual(fake.executed[0], ["workbench.actions.view.problems"]);
  await fake.commands["minimax-validate.restart"]?.();
  assert.equal(started.length, 3);
});

test("a server that ends is started again three times", async () => {
  await activate(context);
  const { closed } = started[0]?.options["errorHandler"];
  assert.deepEqual([closed(), closed(), closed(), closed()].map((result) => result.action), [2, 2, 2, 1]);
  assert.match(fake.errors[0] ?? "", /several times/);
  await deactivate();
  assert.equal(client.stopped, 1);
});
