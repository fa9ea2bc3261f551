// Drives the page in headless Chromium as a visitor does. Needs dist/, which `npm run build` makes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { total, report } from "../build/size.mjs";
import { checked, open, start, type } from "./browser.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const valid = '{"messages": [{"role": "user", "content": "Hello"}]}';
let site;

before(async () => {
  site = await start();
});
after(() => site.stop());

const codes = (page) => page.locator("#findings .message a").allTextContents();
const text = (page) => page.locator(".cm-content").evaluate((content) => content.cmTile?.view?.state.doc.toString() ?? content.innerText);
const summary = (page, words) => page.locator("#summary", { hasText: words }).waitFor({ timeout: 10_000 });

async function visit(path = "", options = {}) {
  const visited = await open(site, { path, ...options });
  await checked(visited.page);
  return visited;
}

/** Does something that changes the text, and waits for its findings: those of the text before may still be shown. */
async function answered(page, change) {
  const count = () => page.evaluate(() => performance.getEntriesByName("keystroke").length);
  const before = await count();
  await change();
  await page.waitForFunction((least) => performance.getEntriesByName("keystroke").length > least, before);
}

test("a visit shows the findings of the first example, and the console stays silent", async () => {
  const { page, complaints, context } = await visit();
  assert.deepEqual(await codes(page), ["MM112", "MM116", "MM113", "MM105", "MM114"]);
  assert.equal(await page.locator(".cm-lintRange-error").count(), 5);
  assert.equal(await page.locator("#parts tr").count(), 5);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("one finding is fixed by its button, then the safe ones, then all; undo brings them back", async () => {
  const { page, complaints, context } = await visit();
  await page.getByRole("button", { name: "Fix: delete `strict`" }).click();
  await summary(page, /^4 errors$/);
  await page.getByRole("button", { name: "Safe fixes (1)" }).click();
  await summary(page, /^3 errors$/);
  await page.getByRole("button", { name: "All fixes (3)" }).click();
  await summary(page, /^No findings$/);
  const mended = JSON.parse(await text(page));
  assert.equal(mended.messages[0].role, "system");
  assert.equal(mended.tool_choice, "auto");
  await page.locator(".cm-content").focus();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("Control+z");
  await summary(page, /^5 errors$/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the keyboard alone goes to a finding, fixes it, and gets out of the editor", async () => {
  const { page, context } = await visit();
  await page.locator(".cm-content").focus();
  await page.keyboard.press("F8");
  await page.keyboard.press("Alt+Enter");
  await summary(page, /^4 errors$/);
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(".cm-content").evaluate((content) => content.contains(document.activeElement)), false);
  const fix = page.locator("#findings .fix").first();
  await fix.focus();
  await page.keyboard.press("Enter");
  await summary(page, /^3 errors$/);
  await page.waitForFunction(() => document.activeElement?.matches("#findings .place"), null, { timeout: 2000 });
  await context.close();
});

test("screen readers hear how many findings there are, and what a fix did", async () => {
  const { page, context } = await visit();
  const heard = (words) => page.locator("[role=status]", { hasText: words }).waitFor({ state: "attached", timeout: 5000 });
  await heard("5 errors");
  await page.getByRole("button", { name: "All fixes (5)" }).click();
  await heard("Fixed 5 findings");
  await heard("No findings");
  await context.close();
});

test("columns behind an emoji are right, and so is the fix there", async () => {
  const { page, context } = await visit();
  await type(page, '{"messages": [{"role": "user", "content": "😀😀"}, {"role": "assistant", "content": null}]}');
  await summary(page, /^1 error$/);
  assert.equal(await page.locator(".cm-lintRange-error").first().textContent(), "null");
  await page.locator("#findings .fix").click();
  await summary(page, /^No findings$/);
  assert.equal(JSON.parse(await text(page)).messages[1].content, "");
  await context.close();
});

test("each example is checked without an error of the program, and its fixes too", async () => {
  const { page, complaints, context } = await visit();
  for (const value of await page.locator("#example option").evaluateAll((all) => all.map((each) => each.value).filter(Boolean))) {
    await answered(page, () => page.selectOption("#example", value));
    if (await page.locator("#fix-all").isVisible()) await answered(page, () => page.locator("#fix-all").click());
    assert.notEqual(await page.locator("#summary").textContent(), "The checker failed.");
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the place of a message is shown from the list of tokens, and several requests have a list each", async () => {
  const { page, context } = await visit();
  await page.getByRole("button", { name: "user", exact: true }).click();
  assert.match(await page.evaluate(() => getSelection().toString()), /Three dinners/);
  await page.selectOption("#example", { label: "Prompts in YAML" });
  await page.locator("#request option").nth(2).waitFor({ state: "attached" });
  await page.selectOption("#request", "2");
  await page.locator("#parts", { hasText: "Be brief." }).waitFor();
  await context.close();
});

test("a prompt beyond the window fills the bar, and says so", async () => {
  const { page, context } = await visit();
  await type(page, JSON.stringify({ messages: [{ role: "user", content: "harbour ".repeat(200_000) }] }));
  await page.locator("#room.error").waitFor({ timeout: 30_000 });
  assert.ok((await codes(page)).includes("MM701"));
  await context.close();
});

test("of a thousand messages the bar takes its share of the window, and the list its first ones", async () => {
  const { page, context } = await visit();
  const messages = Array.from({ length: 1000 }, () => ({ role: "user", content: "harbour bell" }));
  await type(page, JSON.stringify({ messages }));
  await page.locator("#parts", { hasText: "701 more" }).waitFor({ timeout: 20_000 });
  const filled = await page.locator("#bar").evaluate((bar) => {
    const parts = bar.lastElementChild.getBoundingClientRect().right - bar.getBoundingClientRect().left;
    return parts / bar.getBoundingClientRect().width;
  });
  assert.ok(filled > 0.01 && filled < 0.2, String(filled));
  await context.close();
});

test("a text is shared by the address, and stays in it", async () => {
  const { page, context, complaints } = await visit();
  const shared = `# A prompt, in YAML: “😀”\nmessages:\n- role: user\n  content: null\n`;
  await page.selectOption("#format", "yaml");
  await type(page, shared);
  await summary(page, /^1 error$/);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#share").click();
  await page.locator("#share", { hasText: "Copied" }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${site.address}#yaml:`), link);
  const other = await visit(link.slice(site.address.length));
  assert.equal(await other.page.locator("#format").inputValue(), "yaml");
  assert.equal((await text(other.page)).trimEnd(), shared.trimEnd());
  assert.deepEqual(await codes(other.page), await codes(page));
  assert.deepEqual([...complaints, ...other.complaints], []);
  await other.context.close();
  await context.close();
});

test("a link that is cut short shows the first example, and says why", async () => {
  const whole = deflateRawSync(valid.repeat(9)).toString("base64url");
  const { page, context, complaints } = await visit(`#json:${whole.slice(0, whole.length / 2)}`);
  // The page says that it works offline some time after its first findings: it must not take the place of the reason.
  await page.locator("#offline", { hasText: "Works offline" }).waitFor({ timeout: 30_000 });
  assert.equal(await page.locator("#notice").textContent(), "The text in this link cannot be read");
  assert.equal(await page.locator("#findings li").count(), 5);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("after the first visit the page works without a network, and so do the pages of the rules", async () => {
  const { page, context } = await visit();
  await page.locator("#offline", { hasText: "Works offline" }).waitFor({ timeout: 30_000 });
  await context.setOffline(true);
  await page.reload();
  await checked(page);
  assert.equal(await page.locator("#findings li").count(), 5);
  const [rule] = await Promise.all([context.waitForEvent("page"), page.locator("#findings .message a").first().click()]);
  await rule.locator("h1", { hasText: "MM112 unsupported-role" }).waitFor();
  await context.close();
});

test("neither the page nor its worker can reach another place", async () => {
  const { page, context } = await visit();
  const reach = () => fetch("http://127.0.0.1:9/", { mode: "no-cors" }).then(() => "reached", String);
  const refused = [];
  page.on("console", (message) => refused.push(message.text()));
  await page.evaluate(reach);
  await page.workers()[0].evaluate(reach);
  const said = refused.filter((words) => /Content Security Policy/.test(words) && words.includes("127.0.0.1:9"));
  assert.equal(said.length, 2, refused.join("\n"));
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious in ${colorScheme} colors, on the page and on that of a rule`, async () => {
    for (const path of ["", "rules/MM204.html"]) {
      const { page, context } = await open(site, { path, colorScheme });
      if (!path) await checked(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`);
      assert.deepEqual(told, []);
      console.log(`axe, ${path || "the page"}, ${colorScheme}: ${violations.length} lesser findings ${violations.map(({ id }) => id)}`);
      await context.close();
    }
  });
}

test("colors that were chosen are kept, also on the pages of the rules", async () => {
  const { page, context } = await visit();
  await page.locator("#theme").click();
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(await scheme(), "dark");
  await page.goto(`${site.address}rules/MM110.html`);
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await scheme(), "dark");
  await context.close();
});

test("a visit loads less than 8 MB", () => {
  console.log(report(dist));
  assert.ok(total(dist) < 8e6, report(dist));
});

test("what a visit and a keystroke take is printed", async () => {
  const first = [];
  for (let times = 0; times < 5; times += 1) {
    const { page, context } = await visit();
    first.push(await page.evaluate(() => performance.getEntriesByName("first-findings")[0].startTime));
    if (times === 4) {
      await type(page, valid);
      await summary(page, /^No findings$/);
      await page.keyboard.press("Control+End");
      await page.keyboard.press("ArrowLeft");
      await page.evaluate(() => performance.clearMeasures());
      for (let key = 0; key < 60; key += 1) {
        await page.keyboard.type(" ");
        await page.waitForFunction((count) => performance.getEntriesByName("keystroke").length > count, key);
      }
      const strokes = await page.evaluate(() => performance.getEntriesByName("keystroke").map(({ duration }) => duration));
      console.log(`keystroke to findings: ${figures(strokes)} ms`);
      assert.equal(strokes.length, 60);
    }
    await context.close();
  }
  console.log(`first findings: ${figures(first)} ms`);
});

function figures(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return `median ${middle.toFixed(1)}, least ${sorted[0].toFixed(1)}, most ${sorted.at(-1).toFixed(1)}`;
}
