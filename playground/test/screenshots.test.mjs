// Compares how the page looks with how it looked: `npm run screenshots` takes the pictures anew.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { checked, open, start } from "./browser.mjs";

const anew = process.env.UPDATE_SCREENSHOTS === "1";
const kept = fileURLToPath(new URL("screenshots", import.meta.url));
const differences = fileURLToPath(new URL("differences", import.meta.url));
// The share of the pixels that may differ: the list of tokens, say, is 0.3 %. Other fonts move every letter.
const MOST = 0.002;
const MOST_WITH_OTHER_FONTS = 0.06;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };
const VIEWS = [
  ["light-wide", { colorScheme: "light", viewport: WIDE }, "Fields of OpenAI’s API"],
  ["dark-wide", { colorScheme: "dark", viewport: WIDE }, "Thirteen mistakes"],
  ["light-narrow", { colorScheme: "light", viewport: NARROW }, "Prompts in YAML"],
  ["dark-narrow", { colorScheme: "dark", viewport: NARROW }, "Fields of OpenAI’s API"],
];
let site;

before(async () => {
  site = await start();
  rmSync(differences, { recursive: true, force: true });
});
after(() => site.stop());

for (const [name, options, label] of VIEWS) {
  test(`${name} looks as it did`, async () => {
    const { page, context } = await open(site, options);
    await checked(page);
    await page.selectOption("#example", { label });
    await page.waitForTimeout(1000);
    await page.locator("#offline", { hasText: "Works offline" }).waitFor({ timeout: 30_000 });
    // What is measured differs each time.
    await page.evaluate(() => { document.getElementById("timing").textContent = "Checked in 3.0 ms"; });
    const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
    const widths = await fonts(page);
    await context.close();
    compare(name, shot, widths);
  });
}

test("the page of a rule looks as it did", async () => {
  const { page, context } = await open(site, { path: "rules/MM204.html", viewport: WIDE, colorScheme: "light" });
  await page.locator("h1").waitFor();
  const shot = await page.screenshot();
  const widths = await fonts(page);
  await context.close();
  compare("rule", shot, widths);
});

/** How wide a text is in the fonts of the page, to tell whether they are those of the pictures. */
function fonts(page) {
  return page.evaluate(() =>
    ["--sans", "--mono"].map((name) => {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `100px ${getComputedStyle(document.documentElement).getPropertyValue(name)}`;
      return pen.measureText("Checks a chat request").width;
    }),
  );
}

function compare(name, shot, widths) {
  const path = `${kept}/${name}.png`;
  const ofFonts = `${kept}/fonts.json`;
  if (anew) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path, shot);
    writeFileSync(ofFonts, `${JSON.stringify(widths)}\n`);
    return;
  }
  assert.ok(existsSync(path), `there is no ${path}: npm run screenshots takes it`);
  const most = JSON.stringify(widths) === readFileSync(ofFonts, "utf8").trim() ? MOST : MOST_WITH_OTHER_FONTS;
  const before = PNG.sync.read(readFileSync(path));
  const now = PNG.sync.read(shot);
  assert.deepEqual([now.width, now.height], [before.width, before.height]);
  const difference = new PNG({ width: now.width, height: now.height });
  const count = pixelmatch(before.data, now.data, difference.data, now.width, now.height, { threshold: 0.1 });
  const share = count / (now.width * now.height);
  const words = `${name}: ${(100 * share).toFixed(2)} % of the pixels differ, up to ${100 * most} % may`;
  console.log(words);
  if (share > most) {
    mkdirSync(differences, { recursive: true });
    writeFileSync(`${differences}/${name}.png`, PNG.sync.write(difference));
    writeFileSync(`${differences}/${name}.now.png`, shot);
  }
  assert.ok(share <= most, `${words}: see test/differences`);
}
