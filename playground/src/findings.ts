/** The list of findings, with what can be done about each. */

import { byId, element, plural } from "./element";
import type { Finding, Findings, Range } from "./types";

export interface Listener {
  show(place: Range): void;
  fix(index: number): void;
  line(offset: number): number;
}

const list = byId("findings");
const summary = byId("summary");
const announcement = byId("announcement");
const fixSafe = byId<HTMLButtonElement>("fix-safe");
const fixAll = byId<HTMLButtonElement>("fix-all");
let speaking: ReturnType<typeof setTimeout> | undefined;

/** A line for each finding; screen readers hear what they come to once the typing stops. */
export function showFindings({ findings, requests, total }: Findings, listener: Listener): void {
  list.replaceChildren(...findings.map((finding, index) => row(finding, index, listener)));
  if (total > findings.length) list.append(element("li", { class: "more" }, `and ${total - findings.length} more`));
  const words = describe(findings, requests, total);
  summary.textContent = words;
  summary.classList.toggle("clean", total === 0);
  const fixable = findings.filter((finding) => finding.fix);
  const safe = fixable.filter((finding) => finding.fix?.safe);
  offer(fixSafe, safe.length > 0, `Safe fixes (${safe.length})`, "Apply the fixes that do not change what the model receives");
  offer(
    fixAll,
    fixable.length > safe.length,
    `All fixes (${fixable.length})`,
    "Apply all fixes, including those that may change the meaning",
  );
  clearTimeout(speaking);
  speaking = setTimeout(() => announce(words), 800);
}

/** Say something to screen readers. */
export function announce(words: string): void {
  if (announcement.textContent !== words) announcement.textContent = words;
}

/** Leave the focus near the finding that was fixed: its row is gone. */
export function focusNear(index: number): void {
  const rows = list.querySelectorAll<HTMLElement>("li .place");
  (rows[Math.min(index, rows.length - 1)] ?? byId("findings-title")).focus();
}

export function showFailure(message: string): void {
  summary.textContent = "The checker failed.";
  list.replaceChildren(element("li", { class: "failure" }, message));
  announce("The checker failed.");
}

function describe(findings: readonly Finding[], requests: number, total: number): string {
  if (!total) return requests === 1 ? "No findings" : `No findings in ${plural(requests, "request")}`;
  if (total > findings.length) return plural(total, "finding");
  const counts = (["error", "warning", "info"] as const)
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === "info" ? `${count} info` : plural(count, severity)));
  return counts.join(", ") + (requests > 1 ? ` in ${requests} requests` : "");
}

function offer(button: HTMLButtonElement, isThere: boolean, label: string, title: string): void {
  // A button that has the focus and goes away would leave it nowhere.
  if (!isThere && document.activeElement === button) byId("findings-title").focus();
  button.hidden = !isThere;
  button.textContent = label;
  button.title = title;
}

function row(finding: Finding, index: number, listener: Listener): HTMLLIElement {
  const line = listener.line(finding.from);
  const place = element("button", { type: "button", class: "place", title: finding.path || "the whole text" }, `${line}`);
  place.setAttribute("aria-label", `Go to line ${line}`);
  place.onclick = () => listener.show(finding);
  const rule = element("a", { href: `rules/${finding.code}.html`, target: "rule", title: finding.name }, finding.code);
  const head = element(
    "p",
    { class: "message" },
    element("span", { class: "severity" }, finding.severity),
    " ",
    ...prose(finding.message),
    " ",
    rule,
  );
  const item = element("li", { class: finding.severity }, place, head);
  for (const other of finding.related) {
    const there = element("button", { type: "button", class: "quiet" }, `line ${listener.line(other.from)}`);
    there.onclick = () => listener.show(other);
    item.append(element("p", { class: "related" }, there, " ", ...prose(other.message)));
  }
  if (finding.fix) {
    const button = element("button", { type: "button", class: "fix" }, "Fix");
    button.setAttribute("aria-label", `Fix: ${finding.fix.message}`);
    button.onclick = () => listener.fix(index);
    const what = element("span", {}, ...prose(finding.fix.message));
    const note = element("span", { class: "unsafe", title: "This fix may change the meaning of the request" }, "unsafe");
    item.append(element("p", { class: "remedy" }, button, " ", what, ...(finding.fix.safe ? [] : [" ", note])));
  }
  return item;
}

/** A message, with the code in it set as code. */
function prose(message: string): (Node | string)[] {
  return message.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", {}, part) : part));
}
