/** What VS Code calls: it starts the server, and follows the settings, the environment and the trust in the workspace. */
import * as vscode from "vscode";
import { NAME } from "./executable";
import { Python } from "./python";
import { selector } from "./selector";
import { Server } from "./server";
import { shown, type State } from "./state";

const RESTARTING = [`${NAME}.path`, `${NAME}.files`, `${NAME}.workspaceDiagnostics`];

let running: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel(NAME, { log: true });
  const status = vscode.languages.createLanguageStatusItem(NAME, selector([]));
  const python = await Python.connect();
  const server = new Server(output, python);
  running = server;
  let state: State = { kind: "starting" };

  const show = (): void => {
    const now = state.kind === "running" ? { ...state, findings: findings() } : state;
    const { text, detail, severity, isBusy } = shown(now);
    status.text = text;
    status.detail = detail;
    status.busy = isBusy;
    status.severity = SEVERITIES[severity];
    status.command =
      state.kind === "stopped"
        ? { command: `${NAME}.restart`, title: "Restart server" }
        : { command: `${NAME}.showOutput`, title: "Show output" };
  };
  const restart = (): void => void server.restart();
  const pythonChanges = python.onDidChange(restart);

  context.subscriptions.push(
    output,
    status,
    server.onDidChange((next) => {
      state = next;
      show();
    }),
    vscode.languages.onDidChangeDiagnostics(show),
    vscode.commands.registerCommand(`${NAME}.restart`, () => server.restart()),
    vscode.commands.registerCommand(`${NAME}.checkWorkspace`, () => server.checkWorkspace()),
    vscode.commands.registerCommand(`${NAME}.showOutput`, () => output.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (RESTARTING.some((name) => event.affectsConfiguration(name))) {
        restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    ...(pythonChanges ? [pythonChanges] : []),
  );
  show();
  await server.restart();
}

export function deactivate(): Promise<void> | undefined {
  return running?.stop();
}

const SEVERITIES = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** How many findings there are, in all files. */
function findings(): number {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([, diagnostics]) => diagnostics)
    .filter((diagnostic) => diagnostic.source === NAME).length;
}
