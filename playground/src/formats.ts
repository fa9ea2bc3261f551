/** The formats that a text may be in: the suffix of its name tells the checker which. */

export interface Format {
  suffix: string;
  label: string;
  language: "json" | "yaml" | "none";
}

export const FORMATS: readonly Format[] = [
  { suffix: "json", label: "JSON", language: "json" },
  { suffix: "jsonc", label: "JSON with comments", language: "json" },
  { suffix: "jsonl", label: "JSON Lines", language: "json" },
  { suffix: "yaml", label: "YAML", language: "yaml" },
  { suffix: "md", label: "Markdown", language: "none" },
  { suffix: "sh", label: "Shell (curl)", language: "none" },
  { suffix: "py", label: "Python", language: "none" },
];

export function formatOf(suffix: string): Format {
  return FORMATS.find((format) => format.suffix === suffix) ?? FORMATS[0]!;
}
