import { expect, test } from "vitest";
import asReported from "../../fixtures/incidents/sprint-as-reported.ts";
import { play } from "../../fixtures/play.ts";
import render from "../../src/reporters/sign-off-html.ts";
import { story } from "../cli/reports.ts";
import { show } from "./chromium.ts";
import { inBrowser, objections } from "./in-browser.ts";

const place = { width: 100, colour: false, verbose: false };
const { report, snapshot } = await play(asReported);
const pages = [
  ["sprint 2.12 as reported", render(report, place, snapshot)],
  ["everything that a report can hold", render({ ...story(), runbook: report.runbook }, place, snapshot)],
] as const;

inBrowser("the sign-off in a browser", (browser) => {
  test.for(pages)("%s: nothing complains, nobody is asked, and everybody can read it, by day and by night", async ([, text]) => {
    for (const theme of ["light", "dark"] as const) {
      const { page, complaints, requests } = await show(browser(), text, { theme });
      expect(await objections(page)).toEqual([]);
      expect([...complaints, ...requests]).toEqual([]);
    }
  });

  test("a narrow screen scrolls within the tables, and never sideways as a whole", async () => {
    const { page } = await show(browser(), pages[0][1], { width: 390 });
    const [whole, seen] = (await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")) as number[];
    expect(whole).toBe(seen);
  });

  test("on paper the manager's part is the first page, and nothing is cut off", async () => {
    const { page } = await show(browser(), pages[0][1], { width: 688 });
    await page.emulateMediaType("print");
    const inner =
      "[document.querySelector('.manager').offsetHeight, document.documentElement.scrollWidth, getComputedStyle(document.querySelector('.manager')).breakAfter]";
    const [height, width, after] = (await page.evaluate(inner)) as [number, number, string];
    // A4 without its margins of 14 mm, at 96 pixels to the inch.
    expect(height).toBeLessThan(((297 - 28) / 25.4) * 96);
    expect(width).toBe(688);
    expect(after).toBe("page");
  });
});
