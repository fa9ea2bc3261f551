/** Asks the worker, and hears its answers about the text that is shown now. */

import type { Account, Answer, Edits, Findings, Question, Which } from "./types";

declare const WORKER: string;

export interface Listener {
  found(found: Findings, milliseconds: number): void;
  counted(accounts: Account[]): void;
  failed(message: string): void;
}

export class Checker {
  readonly #worker: Worker;
  readonly #fixes = new Map<number, (edits: Edits) => void>();
  #latest = 0;

  constructor(listener: Listener) {
    // A worker from a blob lives under the content security policy of the page, whatever headers its server sends.
    const script = `import ${JSON.stringify(new URL(WORKER, import.meta.url).href)};`;
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    this.#worker = new Worker(address, { type: "module", name: "checker" });
    this.#worker.onerror = (event) => listener.failed(event.message || "the program did not load");
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.kind === "failed") listener.failed(data.message);
      else if (data.kind === "fixed") this.#fixes.get(data.id)?.(data.edits);
      else if (data.id !== this.#latest) return;
      else if (data.kind === "findings") listener.found(data.found, data.milliseconds);
      else listener.counted(data.accounts);
    };
  }

  check(name: string, text: string): void {
    this.#ask({ kind: "check", id: ++this.#latest, name, text });
  }

  /** What fixing changes in a text; nothing if the text was edited while it was fixed. */
  async fix(name: string, text: string, which: Which): Promise<Edits | undefined> {
    const id = this.#latest;
    const edits = await new Promise<Edits>((resolve) => {
      this.#fixes.set(id, resolve);
      this.#ask({ kind: "fix", id, name, text, which });
    });
    this.#fixes.delete(id);
    return id === this.#latest ? edits : undefined;
  }

  #ask(question: Question): void {
    this.#worker.postMessage(question);
  }
}
