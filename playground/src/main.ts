/** The page: what is edited is checked, and what was found is shown. */

import { Checker } from "./checker";
import { Editor } from "./editor";
import { byId, element } from "./element";
import { EXAMPLES, FIRST } from "./examples";
import { announce, focusNear, showFailure, showFindings } from "./findings";
import { type Format, FORMATS, formatOf } from "./formats";
import { setUpOffline } from "./offline";
import { fromFragment, toFragment } from "./share";
import { setUpTheme } from "./theme";
import { showTokens } from "./tokens";
import type { Finding, Which } from "./types";

const example = byId<HTMLSelectElement>("example");
const format = byId<HTMLSelectElement>("format");
const share = byId<HTMLButtonElement>("share");
const timing = byId("timing");

let current: Format = FORMATS[0]!;
let findings: readonly Finding[] = [];
let isFirst = true;
let editedAt = 0;

const checker = new Checker({
  found(found, milliseconds) {
    findings = found.findings;
    editor.mark(findings);
    showFindings(found, { show: (place) => editor.show(place), fix, line: (offset) => editor.line(offset) });
    performance.measure("keystroke", { start: editedAt, end: performance.now() });
    timing.textContent = `Checked in ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
    if (isFirst) {
      isFirst = false;
      performance.mark("first-findings");
      void setUpOffline(byId("offline"));
    }
  },
  counted: (accounts) => showTokens(accounts, (place) => editor.show(place)),
  failed: showFailure,
});

const editor = new Editor(byId("editor"), { edited, fix });
const examples = Object.values(EXAMPLES).flat();

function edited(text: string): void {
  if (examples[Number(example.value || -1)]?.text !== text) example.value = "";
  check(text);
}

function check(text: string): void {
  editedAt = performance.now();
  checker.check(nameOf(current), text);
}

function nameOf({ suffix }: Format): string {
  return `request.${suffix}`;
}

async function fix(which: Which): Promise<void> {
  const inList = byId("findings").contains(document.activeElement);
  const edits = await checker.fix(nameOf(current), editor.text, which);
  if (!edits) return;
  if (!edits.fixed) {
    announce("This fix cannot be applied to the text");
    return;
  }
  editor.apply(edits);
  announce(edits.fixed === 1 ? "Fixed 1 finding" : `Fixed ${edits.fixed} findings`);
  if (inList && typeof which === "number") setTimeout(() => focusNear(which), 100);
}

function open(text: string, suffix: string): void {
  current = formatOf(suffix);
  format.value = current.suffix;
  if (text === editor.text) check(text);
  editor.replace(text, current);
}

async function openShared(): Promise<boolean> {
  try {
    const shared = await fromFragment(location.hash);
    if (shared) {
      example.value = "";
      open(shared.text, shared.suffix);
    }
    return shared !== undefined;
  } catch {
    announce("The text in this link cannot be read");
    byId("notice").textContent = "The text in this link cannot be read";
    return false;
  }
}

async function copyLink(): Promise<void> {
  const fragment = await toFragment({ suffix: current.suffix, text: editor.text });
  history.replaceState(null, "", fragment);
  try {
    await navigator.clipboard.writeText(location.href);
    share.textContent = "Copied";
  } catch {
    share.textContent = "In the address bar"; // the browser does not permit writing to the clipboard
  }
  announce(share.textContent === "Copied" ? "Link copied" : "The link is in the address bar");
  setTimeout(() => {
    share.textContent = "Copy link";
  }, 2000);
}

function setUpChoices(): void {
  example.append(
    element("option", { value: "", hidden: "" }, "Your own text"),
    ...Object.entries(EXAMPLES).map(([label, group]) =>
      element(
        "optgroup",
        { label },
        ...group.map((each) => element("option", { value: String(examples.indexOf(each)) }, each.label)),
      ),
    ),
  );
  example.onchange = () => {
    const chosen = examples[Number(example.value)];
    if (!chosen) return;
    history.replaceState(null, "", location.pathname + location.search);
    open(chosen.text, chosen.suffix);
  };
  format.append(...FORMATS.map(({ suffix, label }) => element("option", { value: suffix }, label)));
  format.onchange = () => {
    current = formatOf(format.value);
    editor.speak(current);
    check(editor.text);
  };
}

setUpTheme(byId<HTMLButtonElement>("theme"));
setUpChoices();
share.onclick = () => void copyLink();
byId("fix-safe").onclick = () => void fix("safe");
byId("fix-all").onclick = () => void fix("all");
window.addEventListener("hashchange", () => void openShared());
if (!(await openShared())) {
  example.value = "0";
  open(FIRST.text, FIRST.suffix);
}
