import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromium, openBrowser } from "./chromium.ts";

/** Tests in a Chromium. Where there is none they are skipped, which is said; in CI that is a failure. */
export function inBrowser(title: string, tests: (browser: () => Browser) => void): void {
  const executable = chromium();
  if (!executable) {
    const says = `${title} needs a Chromium: install one (apt-get install chromium), or say where it is in CHROMIUM`;
    if (process.env["CI"]) test(says, () => expect.fail(says));
    else test.skip(says);
    return;
  }
  describe(title, () => {
    let open: Awaited<ReturnType<typeof openBrowser>>;
    beforeAll(async () => {
      open = await openBrowser(executable);
    });
    afterAll(() => open.close());
    tests(() => open.browser);
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe objects to, as rule and place. It passes over what is folded up. */
export async function objections(page: Page, options: object = {}): Promise<readonly string[]> {
  await page.evaluate(axe);
  const run = `axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], ...options })})`;
  const { violations } = (await page.evaluate(run)) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}
