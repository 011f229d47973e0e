import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, launch, type Page } from "puppeteer-core";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

/** Where a Chromium is: as the environment variable CHROMIUM says, else in one of the usual places; undefined where there is none. */
export const chromium = (): string | undefined => [process.env["CHROMIUM"] ?? "", ...usual].find((path) => path !== "" && existsSync(path));

/** A browser with nothing of anybody's profile; `close` ends it and removes what it has written. */
export async function openBrowser(executablePath: string): Promise<{ readonly browser: Browser; readonly close: () => Promise<void> }> {
  const userDataDir = await mkdtemp(join(tmpdir(), "seaworthy-browser-"));
  const quiet = ["disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];
  const browser = await launch({
    executablePath,
    userDataDir,
    headless: true,
    args: ["--no-sandbox", ...quiet.map((name) => `--${name}`)],
  });
  const close = async () => {
    await browser.close();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}

/** How somebody looks at a page. */
export interface Look {
  readonly width?: number;
  readonly theme?: "light" | "dark";
  readonly scripts?: boolean;
}

/** A page as a browser shows it, and what went on meanwhile: complaints, and requests beside those for the page itself. */
export interface Shown {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** A page that can be turned to another text. */
export interface Turning extends Shown {
  readonly turnTo: (text: string) => Promise<void>;
}

const address = "https://report.example/";

/** Shows a text as a page of a secure origin. Nothing leaves the browser: any other request is noted and refused. */
export async function show(browser: Browser, text: string, look?: Look): Promise<Shown> {
  const shown = await openPage(browser, look);
  await shown.turnTo(text);
  return shown;
}

/** A page of a secure origin on which texts are shown one after the other. */
export async function openPage(browser: Browser, { width = 1280, theme = "light", scripts = true }: Look = {}): Promise<Turning> {
  const context = await browser.createBrowserContext();
  await context.overridePermissions(address, ["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  let body = "";
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url().startsWith("data:")) return void request.continue();
    if (request.url() === address && request.isNavigationRequest())
      return void request.respond({ status: 200, contentType: "text/html; charset=utf-8", body });
    requests.push(request.url());
    void request.abort();
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  const turnTo = async (text: string) => {
    body = text;
    await page.goto(address, { waitUntil: "load" });
  };
  return { page, complaints, requests, turnTo };
}
