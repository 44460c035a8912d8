import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";

const executablePath = "/usr/bin/chromium";

export const noChromium = existsSync(executablePath)
  ? undefined
  : `no browser at ${executablePath}: apt-get install chromium`;

/** Background requests to Google's hosts are off: a closed network refuses them, many at a time. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type OpenedPage = { page: Page; complaints: string[] };

/** One browser for a file; each page a new person's, with everything it complains about written down. */
export async function openBrowser(): Promise<(options?: BrowserContextOptions) => Promise<OpenedPage>> {
  const browser: Browser = await chromium.launch({ executablePath, args });
  afterAll(() => browser.close());
  return async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
    // Nothing here takes that long; a machine that does something else besides may, and news waits for other files' open transactions.
    context.setDefaultTimeout(50_000);
    const page = await context.newPage();
    return { page, complaints: listen(page) };
  };
}

/** Errors, warnings and refusals by the content policy all come to the console. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  return complaints;
}
