/** What the worker is asked, and what it answers. All offsets count UTF-16 units, as strings of JavaScript do. */

export interface Range {
  from: number;
  to: number;
}

export interface Fix {
  message: string;
  safe: boolean;
}

export type Severity = "error" | "warning" | "info";

export interface Finding extends Range {
  code: string;
  name: string;
  severity: Severity;
  message: string;
  path: string;
  fix: Fix | null;
  related: (Range & { message: string })[];
}

export interface Findings {
  requests: number;
  /** How many there are; the list is cut short. */
  total: number;
  findings: Finding[];
}

export interface Edits {
  edits: (Range & { text: string })[];
  fixed: number;
}

/** Tokens by each measure. */
export interface Figures {
  lower_bound: number;
  estimate: number;
  upper_bound: number;
}

export interface Message extends Range {
  index: number | null;
  role: string;
  excerpt: string;
  tokens: Figures;
}

/** What the prompt of one request is made of. */
export interface Account extends Range {
  line: number;
  messages: Message[];
  tools: Figures;
  template: Figures;
  total: Figures;
  room: Figures;
  completion_limit: number;
  context_window: number;
  outcome: "fits" | "probably exceeds" | "exceeds";
}

/** Which fixes are wanted: all safe ones, all, or that of the finding with this index. */
export type Which = "safe" | "all" | number;

export interface Text {
  id: number;
  name: string;
  text: string;
}

export type Question = (Text & { kind: "check" }) | (Text & { kind: "fix"; which: Which });

export type Answer =
  | { kind: "findings"; id: number; milliseconds: number; found: Findings }
  | { kind: "tokens"; id: number; accounts: Account[] }
  | { kind: "fixed"; id: number; edits: Edits }
  | { kind: "failed"; message: string };
