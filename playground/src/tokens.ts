/** What the prompt is made of, and how much of the context window it takes. */

import { byId, element } from "./element";
import type { Account, Figures, Range } from "./types";

interface Part extends Partial<Range> {
  kind: string;
  label: string;
  excerpt: string;
  tokens: Figures;
}

const section = byId("tokens-title").closest("section")!;
const room = byId("room");
const bar = byId("bar");
const rows = byId("parts");
const choice = byId("request-choice");
const request = byId<HTMLSelectElement>("request");
const KINDS = new Set(["system", "user", "assistant", "tool"]);
/** More rows than anybody reads, and bars than a screen has room for. */
const MOST_ROWS = 300;
const MOST_BARS = 60;
let chosen = 0;

export function showTokens(accounts: readonly Account[], show: (place: Range) => void): void {
  section.hidden = accounts.length === 0;
  choice.hidden = accounts.length < 2;
  if (chosen >= accounts.length) chosen = 0;
  const names = accounts.map((_, index) => `Request ${index + 1} of ${accounts.length}`);
  if (request.options.length !== names.length) {
    request.replaceChildren(...names.map((name, index) => element("option", { value: String(index) }, name)));
  }
  request.value = String(chosen);
  request.onchange = () => {
    chosen = Number(request.value);
    showTokens(accounts, show);
  };
  const account = accounts[chosen];
  if (account) showAccount(account, show);
}

function showAccount(account: Account, show: (place: Range) => void): void {
  const parts = partsOf(account);
  const window = account.context_window;
  const { estimate } = account.total;
  const share = percent(estimate / window);
  room.textContent = `about ${figure(estimate)} of ${figure(window)}, ${words(account)}`;
  room.className = account.outcome === "fits" ? "" : account.outcome === "exceeds" ? "error" : "warning";
  // A prompt over the window fills the bar, and its parts share it.
  const whole = Math.max(window, estimate + account.completion_limit);
  // Each part is seen where there are few; many would be wider than they are.
  bar.classList.toggle("few", parts.length <= MOST_BARS);
  bar.replaceChildren(
    ...parts.map((part) => segment(part.kind, part.tokens.estimate / whole, `${part.label}: ${figure(part.tokens.estimate)}`)),
    ...(account.completion_limit
      ? [segment("completion", account.completion_limit / whole, `completion: up to ${figure(account.completion_limit)}`)]
      : []),
  );
  const limit = account.completion_limit ? `, up to ${percent(account.completion_limit / window)} for the completion` : "";
  bar.setAttribute("aria-label", `The prompt uses about ${share} of the context window${limit}`);
  const hidden = parts.length - MOST_ROWS;
  rows.replaceChildren(
    ...parts.slice(0, MOST_ROWS).map((part) => row(part, show)),
    ...(hidden > 0 ? [line("more", `${figure(hidden)} more`, "", ["", "", ""])] : []),
    figures("total", "total", "Prompt", account.total),
    ...(account.completion_limit
      ? [line("completion", "Completion", "limit", ["", figure(account.completion_limit), ""])]
      : []),
  );
}

function partsOf(account: Account): Part[] {
  const messages = account.messages.map((message): Part => ({
    // A prompt that stands beside the messages has no place among them.
    ...(message.index === null ? {} : { from: message.from, to: message.to }),
    kind: KINDS.has(message.role) ? message.role : "other",
    label: message.role || "message",
    excerpt: message.index === null ? "outside of messages" : message.excerpt,
    tokens: message.tokens,
  }));
  const tools = account.tools.upper_bound ? [{ kind: "tools", label: "tools", excerpt: "definitions", tokens: account.tools }] : [];
  return [...tools, ...messages, { kind: "template", label: "template", excerpt: "the text around messages and tools", tokens: account.template }];
}

function words(account: Account): string {
  if (account.outcome === "exceeds") return "too long";
  if (account.outcome === "probably exceeds") return "probably too long";
  return `${figure(Math.max(account.room.estimate, 0))} left`;
}

function segment(kind: string, share: number, title: string): HTMLElement {
  const made = element("span", { class: `part ${kind}`, title });
  made.style.width = `${share * 100}%`;
  return made;
}

function row(part: Part, show: (place: Range) => void): HTMLTableRowElement {
  const { from, to } = part;
  if (from === undefined || to === undefined) return figures(part.kind, "", part.label, part.tokens, part.excerpt);
  const button = element("button", { type: "button", class: "quiet" }, part.label);
  button.onclick = () => show({ from, to });
  return figures(part.kind, "", button, part.tokens, part.excerpt);
}

function figures(kind: string, role: string, label: Node | string, tokens: Figures, excerpt = ""): HTMLTableRowElement {
  const made = line(kind, label, excerpt, [tokens.lower_bound, tokens.estimate, tokens.upper_bound].map(figure));
  if (role) made.classList.add(role);
  return made;
}

function line(kind: string, label: Node | string, excerpt: string, cells: string[]): HTMLTableRowElement {
  const key = element("span", { class: `key part ${kind}` });
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, key, label),
    element("td", { class: "excerpt" }, excerpt),
    ...cells.map((cell) => element("td", {}, cell)),
  );
}

function figure(count: number): string {
  return count.toLocaleString("en");
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? "less than 1 %" : `${Math.round(share * 100)} %`;
}
