/** The server that runs, and what becomes of it. */
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { findExecutable, NAME } from "./executable";
import type { Python } from "./python";
import { selector } from "./selector";
import type { State } from "./state";
import { diagnose, notFound, type Trouble } from "./trouble";

const OPEN_SETTING = "Open the setting";
const SHOW_OUTPUT = "Show output";

export class Server {
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();
  private checksWorkspace = false;
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly python: Python,
  ) {}

  /** Start it anew, after what was asked for before. */
  restart(): Promise<void> {
    this.last = this.last.then(() => this.stop()).then(() => this.start());
    return this.last;
  }

  /** Let the files that are not open be reported too, until the window is closed. */
  async checkWorkspace(): Promise<void> {
    if (!this.checksWorkspace || !this.client) {
      this.checksWorkspace = true;
      await this.restart();
    }
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client) {
      await client.dispose(2000).catch(() => undefined); // it may have ended by itself
    }
  }

  private async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration(NAME);
    const setting = settings.get<string>("path", "");
    const folders = vscode.workspace.workspaceFolders ?? [];
    const isTrusted = vscode.workspace.isTrusted;
    const found = findExecutable({
      setting,
      folders: folders.map((folder) => folder.uri.fsPath),
      interpreter: isTrusted ? this.python.interpreter(folders[0]?.uri) : undefined,
      path: process.env["PATH"] ?? "",
      isTrusted,
      isWindows: process.platform === "win32",
    });
    if (!found) {
      this.fail(notFound(setting, isTrusted));
      return;
    }
    const { executable, origin } = found;
    this.output.info(`Starting ${executable}, found by: ${origin}`);
    this.changed.fire({ kind: "starting" });
    const checksWorkspace = this.checksWorkspace || settings.get<boolean>("workspaceDiagnostics", false);
    const cwd = folders[0]?.uri.fsPath;
    const options = this.options(executable, settings.get<string[]>("files", []), checksWorkspace);
    const client = new LanguageClient(NAME, NAME, { command: executable, args: ["server"], options: { cwd } }, options);
    this.client = client;
    try {
      await client.start();
      this.changed.fire({ kind: "running", executable, findings: 0 });
    } catch (error) {
      this.client = undefined;
      this.output.error(String(error));
      this.fail(await diagnose(executable));
    }
  }

  private options(executable: string, files: string[], workspaceDiagnostics: boolean): LanguageClientOptions {
    let ends = 0;
    return {
      documentSelector: selector(files),
      initializationOptions: { workspaceDiagnostics },
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false, // what to do about it is said by `diagnose`
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          ends += 1;
          if (this.client?.isRunning() && ends <= 3) {
            return { action: CloseAction.Restart, handled: true };
          }
          if (ends > 3) {
            this.fail({ kind: "other", message: `${executable} stopped several times.` });
          }
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }

  private fail(trouble: Trouble): void {
    this.changed.fire({ kind: "stopped", message: trouble.message });
    this.output.error(trouble.message);
    void vscode.window.showErrorMessage(trouble.message, OPEN_SETTING, SHOW_OUTPUT).then((chosen) => {
      if (chosen === OPEN_SETTING) {
        void vscode.commands.executeCommand("workbench.action.openSettings", `${NAME}.path`);
      } else if (chosen === SHOW_OUTPUT) {
        this.output.show();
      }
    });
  }
}
