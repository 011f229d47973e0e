import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, openBrowser, show } from "../test/browser/chromium.ts";

/*
 * Writes what the golden HTML pages look like, for people to look at: node scripts/screenshots.ts [PAGE.html …]
 * No test compares them, since fonts differ from machine to machine; the text of the pages is compared.
 */

const pages = join(import.meta.dirname, "../reports/sample");
const folder = join(pages, "screenshots");
const looks = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((theme) => ({ width, theme })));
/** As much as somebody scrolls through before reading: the rest is rows that are all alike. */
const tallest = { 1280: 1350, 390: 2300 } as const;

const executable = chromium();
if (!executable) throw new Error("There is no Chromium: install one, or say where it is in CHROMIUM");
const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : (await readdir(pages)).filter((name) => name.endsWith(".html"));
await mkdir(folder, { recursive: true });
const { browser, close } = await openBrowser(executable);
try {
  for (const name of names) {
    const text = await readFile(join(pages, name), "utf8");
    for (const { width, theme } of looks) {
      const { page } = await show(browser, text, { width, theme });
      const whole = Number(await page.evaluate("document.documentElement.scrollHeight"));
      const height = Math.min(whole, tallest[width as keyof typeof tallest]);
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width, height }, captureBeyondViewport: true });
      await writeFile(join(folder, `${name.replace(/\.html$/, "")}-${width}-${theme}.png`), picture);
      await page.browserContext().close();
    }
  }
} finally {
  await close();
}
