/** Stands in for VS Code: it keeps what the extension registers and shows, for tests to look at. */
export const fake = {
  settings: {} as Record<string, unknown>,
  isTrusted: true,
  interpreter: undefined as string | undefined,
  errors: [] as string[],
  choose: undefined as string | undefined,
  executed: [] as unknown[][],
  commands: {} as Record<string, () => unknown>,
  status: {} as Record<string, unknown>,
  diagnostics: [] as [unknown, { source: string }[]][],
  changedSetting: (_name: string): void => {},
  changedDiagnostics: (): void => {},
  changedEnvironment: (): void => {},
  grantedTrust: (): void => {},
};

const disposable = { dispose: () => {} };

export class EventEmitter<T> {
  private listeners: ((value: T) => void)[] = [];
  event = (listener: (value: T) => void) => (this.listeners.push(listener), disposable);
  fire(value: T): void {
    this.listeners.forEach((listener) => listener(value));
  }
}

export enum LanguageStatusSeverity {
  Information,
  Warning,
  Error,
}

const channel = { info: () => {}, error: () => {}, show: () => {}, dispose: () => {} };

export const window = {
  createOutputChannel: () => channel,
  showErrorMessage: (message: string) => (fake.errors.push(message), Promise.resolve(fake.choose)),
};

export const commands = {
  registerCommand: (name: string, run: () => unknown) => ((fake.commands[name] = run), disposable),
  executeCommand: (...words: unknown[]) => (fake.executed.push(words), Promise.resolve()),
};

export const languages = {
  createLanguageStatusItem: () => fake.status,
  onDidChangeDiagnostics: (listener: () => void) => ((fake.changedDiagnostics = listener), disposable),
  getDiagnostics: () => fake.diagnostics,
};

export const workspace = {
  workspaceFolders: [] as { uri: { fsPath: string } }[],
  get isTrusted() {
    return fake.isTrusted;
  },
  getConfiguration: () => ({ get: (name: string, otherwise: unknown) => fake.settings[name] ?? otherwise }),
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration(name: string): boolean }) => void) => {
    fake.changedSetting = (name) => listener({ affectsConfiguration: (asked) => asked === name });
    return disposable;
  },
  onDidGrantWorkspaceTrust: (listener: () => void) => ((fake.grantedTrust = listener), disposable),
};

const python = {
  environments: {
    getActiveEnvironmentPath: () => ({ path: fake.interpreter }),
    onDidChangeActiveEnvironmentPath: (listener: () => void) => ((fake.changedEnvironment = listener), disposable),
  },
};

export const extensions = {
  getExtension: () => (fake.interpreter ? { activate: () => Promise.resolve(python) } : undefined),
};
