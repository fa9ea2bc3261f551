import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { accessSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CodeActionRequest,
  CodeActionResolveRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  ShutdownRequest,
  WorkspaceDiagnosticRequest,
  type CodeAction,
  type FullDocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { findExecutable } from "../src/executable";
import { diagnose } from "../src/trouble";
import { program, temporaryFolder } from "./folders";

const setting = process.env["MINIMAX_VALIDATE"] ?? "";
const found = findExecutable({ setting, folders: [], path: process.env["PATH"] ?? "", isTrusted: true, isWindows: process.platform === "win32" });
const skip = found ? false : "minimax-validate is not on the PATH, and MINIMAX_VALIDATE does not name it";
const TEXT = '{"messages": [{"role": "user", "content": "😀"}, {"role": "assistant", "content": null}], "tools": []}\n';

async function serving(folder: string, options: object, work: (connection: ProtocolConnection, result: InitializeResult) => Promise<void>) {
  const child = spawn(found?.executable ?? "", ["server"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.on("close", done));
  const connection = createProtocolConnection(child.stdout, child.stdin);
  connection.listen();
  try {
    const result = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "work" }],
      capabilities: {
        textDocument: {
          diagnostic: {},
          codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        },
      },
      initializationOptions: options,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    await work(connection, result);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await ended, 0);
  } finally {
    child.kill();
    connection.dispose();
  }
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  const offset = (place: { line: number; character: number }) => (starts[place.line] ?? text.length) + place.character;
  return [...edits]
    .sort((one, other) => offset(other.range.start) - offset(one.range.start))
    .reduce((now, edit) => now.slice(0, offset(edit.range.start)) + edit.newText + now.slice(offset(edit.range.end)), text);
}

test("a request is opened, and mended by its fixes until nothing is found", { skip }, async () => {
  const folder = temporaryFolder();
  const uri = pathToFileURL(join(folder, "a.json")).href;
  await serving(folder, { workspaceDiagnostics: false }, async (connection, result) => {
    assert.ok(result.capabilities.diagnosticProvider && !result.capabilities.diagnosticProvider.workspaceDiagnostics);
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "json", version: 1, text: TEXT } });
    const pull = async () => {
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      return (report as FullDocumentDiagnosticReport).items;
    };
    let text = TEXT;
    let version = 1;
    let left = await pull();
    const none = left.find((finding) => finding.code === "MM110");
    assert.equal(none?.range.start.character, TEXT.indexOf("null"));
    assert.match(none?.codeDescription?.href ?? "", /^https:.*MM110/);
    assert.equal(none?.source, "minimax-validate");
    while (left.length > 0 && version < 10) {
      const { range } = left[0]!;
      const context = { diagnostics: [left[0]!], only: ["quickfix"] };
      const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context });
      const fix = actions?.find((action): action is CodeAction => action.title.includes(`(${left[0]!.code}`));
      assert.ok(fix, `a fix of ${left[0]!.message}`);
      const { edit } = fix.edit ? fix : await connection.sendRequest(CodeActionResolveRequest.type, fix);
      text = edited(text, edit?.changes?.[uri] ?? []);
      version += 1;
      await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges: [{ text }] });
      left = await pull();
    }
    assert.deepEqual(left, []);
    assert.equal(JSON.parse(text).messages[1].content, "");
  });
});

test("with the option that the command sets, files that are not open are reported", { skip }, async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "prompts"));
  writeFileSync(join(folder, "prompts", "a.json"), TEXT);
  await serving(folder, { workspaceDiagnostics: true }, async (connection, result) => {
    assert.ok(result.capabilities.diagnosticProvider?.workspaceDiagnostics);
    const report = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    assert.deepEqual(report.items.map((item) => item.uri), [pathToFileURL(join(folder, "prompts", "a.json")).href]);
    assert.ok((report.items[0] as FullDocumentDiagnosticReport).items.length > 0);
  });
});

test("the real command without its extra says what to install", { skip }, async (context) => {
  const python = join(found?.executable ?? "", "..", "python");
  try {
    accessSync(python);
  } catch {
    return context.skip("there is no python beside the command");
  }
  const words = "import sys; sys.modules['pygls'] = None; sys.argv = ['minimax-validate', 'server']; from minimax_validate.cli import main; main()";
  const without = program(join(temporaryFolder(), "minimax-validate"), `exec "${python}" -c "${words}"`);
  const trouble = await diagnose(without, { ...process.env, PATH: ["/usr/bin", "/bin"].join(delimiter) });
  assert.equal(trouble.kind, "no-extra");
});
