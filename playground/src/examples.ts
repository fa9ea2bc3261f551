/** Requests to start from: the vendor's own, and some with mistakes. The project's fixtures are the texts. */

import array from "../../fixtures/invalid/array.jsonc";
import anthropic from "../../fixtures/invalid/anthropic-history.json";
import batch from "../../fixtures/invalid/batch.jsonl";
import habits from "../../fixtures/invalid/openai-habits.json";
import history from "../../fixtures/invalid/openai-history.json";
import many from "../../fixtures/invalid/many-faults.json";
import nulls from "../../fixtures/invalid/null-content.json";
import prompts from "../../fixtures/invalid/prompts.yaml";
import separated from "../../fixtures/invalid/separated-result.json";
import syntax from "../../fixtures/invalid/syntax-error.json";
import definitions from "../../fixtures/invalid/tool-definitions.json";
import capital from "../../fixtures/valid/vendor-capital.json";
import creative from "../../fixtures/valid/vendor-creative-writing.json";
import turns from "../../fixtures/valid/vendor-multi-turn.json";
import system from "../../fixtures/valid/vendor-system-prompt.json";

export interface Example {
  label: string;
  suffix: string;
  text: string;
}

export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  "With mistakes": [
    { label: "Fields of OpenAI’s API", suffix: "json", text: habits },
    { label: "A history from OpenAI’s API", suffix: "json", text: history },
    { label: "A history from Anthropic’s API", suffix: "json", text: anthropic },
    { label: "Null content", suffix: "json", text: nulls },
    { label: "Tool results separated from their calls", suffix: "json", text: separated },
    { label: "Invalid tools", suffix: "json", text: definitions },
    { label: "Thirteen mistakes", suffix: "json", text: many },
    { label: "A missing comma", suffix: "json", text: syntax },
    { label: "Several requests, with comments", suffix: "jsonc", text: array },
    { label: "A JSON Lines batch", suffix: "jsonl", text: batch },
    { label: "Prompts in YAML", suffix: "yaml", text: prompts },
  ],
  "From the vendor": [
    { label: "One question", suffix: "json", text: capital },
    { label: "A system prompt", suffix: "json", text: system },
    { label: "Several turns", suffix: "json", text: turns },
    { label: "Creative writing", suffix: "json", text: creative },
  ],
};

export const FIRST: Example = EXAMPLES["With mistakes"]![0]!;
