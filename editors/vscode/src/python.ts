/** The interpreter that Microsoft's Python extension has selected, if that extension is there. */
import * as vscode from "vscode";

interface PythonApi {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

export class Python {
  private constructor(private readonly api: PythonApi | undefined) {}

  /** Ask for the extension; it is started if need be. */
  static async connect(): Promise<Python> {
    try {
      return new Python(await vscode.extensions.getExtension<PythonApi>("ms-python.python")?.activate());
    } catch {
      return new Python(undefined); // its defects are not ours to report
    }
  }

  interpreter(folder: vscode.Uri | undefined): string | undefined {
    return this.api?.environments?.getActiveEnvironmentPath(folder).path;
  }

  onDidChange(listener: () => void): vscode.Disposable | undefined {
    return this.api?.environments?.onDidChangeActiveEnvironmentPath(listener);
  }
}
