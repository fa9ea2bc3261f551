/** Stands in for the client, which needs VS Code itself: it keeps what it was started with. */
import { accessSync } from "node:fs";

export const started: { command: string; args: string[]; options: Record<string, any> }[] = [];
export const client = { fails: false, stopped: 0 };

export enum CloseAction {
  DoNotRestart = 1,
  Restart = 2,
}
export enum ErrorAction {
  Continue = 1,
  Shutdown = 2,
}
export enum RevealOutputChannelOn {
  Never = 4,
}

export class LanguageClient {
  constructor(
    _id: string,
    _name: string,
    private readonly server: { command: string; args: string[] },
    private readonly options: Record<string, any>,
  ) {}

  async start(): Promise<void> {
    accessSync(this.server.command);
    if (client.fails) {
      throw new Error("connection got closed");
    }
    started.push({ ...this.server, options: this.options });
  }

  isRunning(): boolean {
    return true;
  }

  async dispose(): Promise<void> {
    client.stopped += 1;
  }
}
