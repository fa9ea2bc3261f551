/** Which texts the server gets to see; it decides itself which of them hold requests. */
/** Which texts are meant, as VS Code and the protocol both understand it. */
export type Filter = { scheme: string; language: string; pattern?: string } | { scheme: string; language?: string; pattern: string };

/** VS Code's names of the languages that hold requests. */
export const LANGUAGES = [
  "json",
  "jsonc",
  "jsonl",
  "yaml",
  "markdown",
  "python",
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
  "shellscript",
  "http",
] as const;

/** Files that VS Code may have no language for. A notebook counts as a file: its cells alone are no programs. */
export const OTHER_FILES = "**/*.{jsonl,ndjson,http,rest,har,ipynb}";

/** The texts of these languages, or, with patterns, the files that one of them matches; and texts that are no files yet. */
export function selector(patterns: readonly string[]): Filter[] {
  const untitled = LANGUAGES.map((language) => ({ scheme: "untitled", language }));
  const wanted = patterns.map((pattern) => pattern.trim()).filter(Boolean);
  if (wanted.length > 0) {
    return [...wanted.map((pattern) => ({ scheme: "file", pattern: anywhere(pattern) })), ...untitled];
  }
  const files = LANGUAGES.map((language) => ({ scheme: "file", language }));
  return [...files, { scheme: "file", pattern: OTHER_FILES }, ...untitled];
}

/** VS Code matches patterns with whole paths: what begins in the workspace begins anywhere for it. */
function anywhere(pattern: string): string {
  return pattern.startsWith("**/") || pattern.startsWith("/") ? pattern : `**/${pattern.replace(/^\.\//, "")}`;
}
