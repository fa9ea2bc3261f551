// A page of the site in headless Chromium, and what it complained of.
import { chromium } from "playwright-core";
import { serve } from "../build/serve.mjs";

export const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--font-render-hinting=none", "--disable-lcd-text",
];

export async function start() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
  return {
    server,
    browser,
    address: server.address,
    async stop() {
      await browser.close();
      server.close();
    },
  };
}

/** A new profile with one page; `complaints` are errors and warnings of the console, and requests to other places. */
export async function open({ browser, address }, { path = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  context.on("request", (request) => {
    if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(address)) complaints.push(request.url());
  });
  await page.goto(address + path);
  return { context, page, complaints };
}

/** Until the text in the editor is checked and counted. */
export async function checked(page) {
  await page.locator("#timing:not(:empty)").waitFor({ timeout: 60_000 });
  await page.locator(".tokens:not([hidden])").waitFor({ timeout: 10_000 });
}

/** Puts a text into the editor as a keyboard would, but at once. */
export async function type(page, text) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}
