/** The editor: CodeMirror with the findings underlined. */

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { element } from "./element";
import type { Format } from "./formats";
import type { Edits, Finding, Range } from "./types";

declare const NONCE: string;

export interface Listener {
  edited(text: string): void;
  /** The fix of a finding is wanted. */
  fix(index: number): void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--syntax-key)" },
  { tag: [tags.string, tags.content], color: "var(--syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword], color: "var(--syntax-value)" },
  { tag: [tags.comment, tags.meta], color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--syntax-mark)" },
]);

const LOOK = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--paper)", color: "var(--ink)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { padding: "0.625rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.875rem 0 0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.25rem 0 0.875rem" },
  ".cm-activeLine": { backgroundColor: "var(--active)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection) !important" },
  ".cm-selectionMatch": { backgroundColor: "var(--active)", outline: "1px solid var(--line)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-gutter-lint": { width: "0.75rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": { width: "0.4375rem", height: "0.4375rem", margin: "0.4em auto 0", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--error)" },
  ".cm-lint-marker-warning": { content: "none", backgroundColor: "var(--warning)" },
  ".cm-lint-marker-info": { content: "none", backgroundColor: "var(--info)" },
  ".cm-lintRange": { backgroundImage: "none !important", paddingBottom: "0", textDecorationLine: "underline",
    textDecorationStyle: "wavy", textDecorationThickness: "1.5px", textUnderlineOffset: "0.25em",
    textDecorationSkipInk: "none" },
  ".cm-lintRange-error": { textDecorationColor: "var(--error)", backgroundColor: "var(--error-wash)" },
  ".cm-lintRange-warning": { textDecorationColor: "var(--warning)", backgroundColor: "var(--warning-wash)" },
  ".cm-lintRange-info": { textDecorationColor: "var(--info)" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line)",
    borderRadius: "6px", boxShadow: "0 4px 16px var(--shadow)", maxWidth: "34rem", fontFamily: "var(--sans)" },
  ".cm-diagnostic": { padding: "0.5rem 0.75rem", borderLeft: "none", lineHeight: "1.45" },
  ".cm-diagnosticAction": { backgroundColor: "transparent", color: "var(--link)", font: "inherit", padding: "0",
    margin: "0.25rem 0 0", display: "block", textAlign: "left", borderRadius: "0" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)", borderColor: "var(--line) !important" },
  ".cm-panel.cm-search": { fontFamily: "var(--sans)", padding: "0.375rem 0.875rem" },
  ".cm-panel.cm-search label": { fontSize: "0.75rem" },
  ".cm-panel.cm-search [name=close]": { color: "inherit", fontSize: "1rem", right: "0.5rem" },
  ".cm-textfield": { backgroundColor: "var(--paper)", border: "1px solid var(--line)", borderRadius: "4px",
    fontSize: "0.75rem", padding: "0.125rem 0.375rem" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--paper)", border: "1px solid var(--line)",
    borderRadius: "4px", fontSize: "0.75rem", padding: "0.125rem 0.5rem" },
  ".cm-button:active": { backgroundImage: "none", backgroundColor: "var(--active)" },
  ".cm-searchMatch": { backgroundColor: "var(--warning-wash)", outline: "1px solid var(--warning)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--selection)" },
});

export class Editor {
  readonly view: EditorView;
  readonly #language = new Compartment();

  constructor(parent: HTMLElement, listener: Listener) {
    const fixHere = (view: EditorView): boolean => {
      const { from, to } = view.state.selection.main;
      const line = view.state.doc.lineAt(from);
      const touched = this.#findings.map((finding, index) => ({ finding, index })).filter(({ finding }) => finding.fix);
      const inside = touched.find(({ finding }) => finding.from <= to && from <= finding.to);
      const chosen = inside ?? touched.find(({ finding }) => line.from <= finding.from && finding.from <= line.to);
      if (chosen) listener.fix(chosen.index);
      return chosen !== undefined;
    };
    this.#fix = (index) => listener.fix(index);
    this.view = new EditorView({
      parent,
      extensions: [
        EditorView.cspNonce.of(NONCE),
        lineNumbers(),
        lintGutter(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightSelectionMatches(),
        syntaxHighlighting(COLOURS),
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        LOOK,
        this.#language.of([]),
        EditorView.contentAttributes.of({ "aria-label": "Request", spellcheck: "false", autocapitalize: "off" }),
        // Tab moves the focus on, so that nobody is caught in here.
        keymap.of([{ key: "Alt-Enter", run: fixHere }, ...lintKeymap, ...historyKeymap, ...searchKeymap,
          ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) listener.edited(update.state.doc.toString());
        }),
      ],
    });
  }

  #findings: readonly Finding[] = [];
  readonly #fix: (index: number) => void;

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Put another text in the place of this one. */
  replace(text: string, format: Format): void {
    this.speak(format);
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      selection: { anchor: 0 },
      scrollIntoView: true,
    });
  }

  /** Colour the text as one of a format. */
  speak({ language }: Format): void {
    const support = language === "json" ? json() : language === "yaml" ? yaml() : [];
    this.view.dispatch({ effects: this.#language.reconfigure(support) });
  }

  apply({ edits }: Edits): void {
    this.view.dispatch({
      changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })),
      userEvent: "input.fix",
    });
  }

  /** Go to a place of the text. */
  show({ from, to }: Range): void {
    const length = this.view.state.doc.length;
    this.view.dispatch({
      selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
      effects: EditorView.scrollIntoView(Math.min(from, length), { y: "center" }),
    });
    this.view.focus();
  }

  line(offset: number): number {
    return this.view.state.doc.lineAt(Math.min(offset, this.view.state.doc.length)).number;
  }

  /** Underline what was found. */
  mark(findings: readonly Finding[]): void {
    this.#findings = findings;
    const diagnostics = findings.map(
      (finding, index): Diagnostic => ({
        from: finding.from,
        to: this.#end(finding),
        severity: finding.severity,
        message: `${finding.message} (${finding.code})`,
        renderMessage: () =>
          element(
            "span",
            {},
            element("a", { href: `rules/${finding.code}.html`, target: "rule" }, finding.code),
            ` ${finding.message}`,
          ),
        actions: finding.fix ? [{ name: `Fix: ${finding.fix.message}`, apply: () => this.#fix(index) }] : [],
      }),
    );
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Of a value of many lines only the first one is underlined. */
  #end({ from, to }: Range): number {
    const line = this.view.state.doc.lineAt(from);
    return Math.min(to, line.to);
  }
}
