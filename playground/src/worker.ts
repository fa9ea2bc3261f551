/** Runs the checks, in Python, beside the page: a text that takes long does not hold up who types. */

import { loadPyodide } from "pyodide";
import type { Answer, Question, Text } from "./types";

declare const ARCHIVE: string;
declare const PYODIDE: string;
declare const LOCK: { info: never; packages: Record<string, never> };

interface Page {
  findings(text: string, name: string): string;
  tokens(text: string, name: string): string;
  fixed(text: string, name: string, which: string): string;
}

const scope = self as unknown as DedicatedWorkerGlobalScope;
const waiting: Question[] = [];
const turns = new MessageChannel();
let page: Page | undefined;
let unchecked: Text | undefined;
let uncounted: Text | undefined;

function answer(it: Answer): void {
  scope.postMessage(it);
}

/** Only the last text counts: one that was overtaken while another was checked is given up. */
function take(question: Question): void {
  if (!page) {
    waiting.push(question);
  } else if (question.kind === "check") {
    unchecked = question;
    uncounted = undefined;
    turns.port2.postMessage(null);
  } else {
    const edits = JSON.parse(page.fixed(question.text, question.name, String(question.which)));
    answer({ kind: "fixed", id: question.id, edits });
  }
}

function work(): void {
  if (!page) return;
  if (unchecked) {
    const { id, name, text } = unchecked;
    uncounted = unchecked;
    unchecked = undefined;
    const start = performance.now();
    const found = JSON.parse(page.findings(text, name));
    answer({ kind: "findings", id, milliseconds: performance.now() - start, found });
    turns.port2.postMessage(null);
  } else if (uncounted) {
    const { id, name, text } = uncounted;
    uncounted = undefined;
    answer({ kind: "tokens", id, accounts: JSON.parse(page.tokens(text, name)) });
  }
}

function guarded<T>(step: (it: T) => void): (event: MessageEvent<T>) => void {
  return (event) => {
    try {
      step(event.data);
    } catch (error) {
      answer({ kind: "failed", message: String(error) });
    }
  };
}

turns.port1.onmessage = guarded(work);
scope.onmessage = guarded(take);

try {
  const here = new URL(".", import.meta.url);
  const python = await loadPyodide({
    indexURL: new URL(PYODIDE, here).href,
    stdLibURL: new URL(ARCHIVE, here).href,
    lockFileContents: LOCK,
  });
  page = python.pyimport("page") as Page;
  for (const question of waiting.splice(0)) take(question);
} catch (error) {
  answer({ kind: "failed", message: String(error) });
}
