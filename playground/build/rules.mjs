// Makes a page of each rule, from the pages of the documentation.
import { readFileSync, readdirSync } from "node:fs";
import MarkdownIt from "markdown-it";

const folder = new URL("../../docs/rules/", import.meta.url);

export function rulePages() {
  const markdown = new MarkdownIt();
  return readdirSync(folder)
    .filter((name) => /^MM\d+\.md$/.test(name))
    .map((name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      const title = /^# (.*)$/m.exec(text)[1];
      return [`rules/${name.replace(/\.md$/, ".html")}`, title, markdown.render(text)];
    });
}
