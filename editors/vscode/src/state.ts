/** What the status item says. Nothing here knows VS Code. */

export type State =
  | { kind: "starting" }
  | { kind: "running"; executable: string; findings: number }
  | { kind: "stopped"; message: string };

export interface Shown {
  text: string;
  detail: string;
  severity: "information" | "warning" | "error";
  isBusy: boolean;
}

/** A state in words. */
export function shown(state: State): Shown {
  switch (state.kind) {
    case "starting":
      return { text: "minimax-validate", detail: "is starting", severity: "information", isBusy: true };
    case "stopped":
      return { text: "minimax-validate: not running", detail: state.message, severity: "error", isBusy: false };
    case "running": {
      const severity = state.findings > 0 ? "warning" : "information";
      return { text: `minimax-validate: ${count(state.findings)}`, detail: state.executable, severity, isBusy: false };
    }
  }
}

export function count(findings: number): string {
  return findings === 0 ? "no findings" : findings === 1 ? "1 finding" : `${findings} findings`;
}
