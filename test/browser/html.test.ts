import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import { loadWorlds } from "../../fixtures/demo.ts";
import { play } from "../../fixtures/play.ts";
import type { Scene } from "../../src/check.ts";
import render from "../../src/reporters/html.ts";
import { story } from "../cli/reports.ts";
import { openPage, show } from "./chromium.ts";
import { inBrowser, objections } from "./in-browser.ts";

const place = { width: 100, colour: false, verbose: false };

/**
 * To look closely at all worlds would take many minutes. These have between them each verdict, each status, each scene, each kind of
 * thing that the picture knows, a graph with and without a chain, several root causes and one that is folded, waiting, a bill, last
 * words, and a runbook.
 */
const worlds: readonly (readonly [name: string, scene?: Scene])[] = [
  ["healthy", "post-deploy"],
  ["healthy", "pre-scale-up"],
  ["healthy", "sign-off"],
  ["secret-without-value"],
  ["deployment-stuck"],
  ["newer-revision-waiting"],
  // Ten references that fail alike.
  ["reference-without-trailing-colons"],
  ["alarms-notify-nobody"],
  ["application-crashes"],
  ["at-rest-without-secret-value"],
  ["secret-placeholder-values-at-sign-off"],
  ["targets-initial-then-healthy"],
  ["certificate-expiring"],
  ["denied-secretsmanager-describe-secret"],
  ["nat-gateways-deleted"],
  ["wrong-account"],
];

const pages = new Map<string, string>();
async function pageOf(name: string, scene?: Scene): Promise<string> {
  const key = `${name} ${scene}`;
  const world = (await loadWorlds()).find((one) => one.name === name);
  if (!world) throw new Error(`There is no world ${name}`);
  const text = pages.get(key) ?? (await rendered(world, scene));
  pages.set(key, text);
  return text;
}

async function rendered(world: Awaited<ReturnType<typeof loadWorlds>>[number], scene?: Scene): Promise<string> {
  const { report, snapshot } = await play(world, scene ? { scene } : {});
  return render(report, place, snapshot);
}

/** One of everything that a report can hold, with the timeline and the bill of a stack. */
async function pageOfEverything(): Promise<string> {
  const world = (await loadWorlds()).find(({ name }) => name === "secret-without-value");
  const { snapshot } = await play(world ?? {}, { scene: "sign-off" });
  const runbook = [{ do: "Scale the service up.", run: ["aws ecs update-service"], takes: "2 min" }];
  const waiting = [{ at: "2026-11-20T10:00:01.000Z", pending: ["targets-healthy/target-group:backend-tg"] }];
  return render({ ...story(), links: [["service:backend", "secret:backend-secret"]], runbook, waiting }, place, snapshot);
}

inBrowser("the page in a browser", (browser) => {
  const leave = (page: Page) => page.browserContext().close();
  const text = (page: Page, selector: string) => page.$eval(selector, ({ textContent }) => textContent ?? "");
  const focused = (page: Page, what: string) => page.evaluate(`document.activeElement.${what}`);
  const visible = (page: Page, selector: string) =>
    page.$$eval(
      selector,
      (all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length,
    );

  const stories = worlds.map(([name, scene]) => ({ title: scene ? `${name}, ${scene}` : name, name, scene }));
  test.for(stories)("$title: nothing complains, nobody is asked for more, and everybody can use it", async ({ name, scene }) => {
    const { page, complaints, requests } = await show(browser(), await pageOf(name, scene));
    expect(await objections(page, { rules: { "color-contrast": { enabled: false } } })).toEqual([]);
    await page.setViewport({ width: 390, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await leave(page);
  });

  test("every world of the demo is shown without a complaint, and without a request", { timeout: 600_000 }, async () => {
    const all = await loadWorlds();
    const { page, complaints, requests, turnTo } = await openPage(browser());
    const seen: object[] = [];
    for (const world of all) {
      await turnTo(await rendered(world));
      const isShown = (await page.$("svg.stack .node, .chip")) !== null;
      seen.push({ name: world.name, isShown, complaints: [...complaints], requests: [...requests] });
    }
    expect(seen).toEqual(all.map(({ name }) => ({ name, isShown: true, complaints: [], requests: [] })));
    await leave(page);
  });

  // A colour comes from the theme and the status, whatever the world: this page has every status, a timeline and a bill, and is short.
  test.for(["light", "dark"] as const)("whoever sees little can read it, folded up or not: %s", async (theme) => {
    const { page } = await show(browser(), await pageOfEverything(), { theme });
    expect(await objections(page)).toEqual([]);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await objections(page)).toEqual([]);
    await leave(page);
  });

  test("findings are filtered by status and by station with the keyboard alone, and the count is said", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    const all = await page.$$eval(".finding", ({ length }) => length);
    expect(await text(page, "#filters output")).toBe(`${all} of ${all} shown`);

    await page.focus("#filters input[value=pass]");
    await page.keyboard.press("Space");
    expect(await page.$$eval(".finding.pass", (found) => found.every((one) => one.matches("[hidden]")))).toBe(true);
    const failing = await page.$$eval(".finding:not(.pass)", ({ length }) => length);
    expect(await text(page, "#filters output")).toBe(`${failing} of ${all} shown`);

    await page.focus("#filters select");
    await page.keyboard.type("2xx");
    expect(await page.$$eval(".station:not([hidden])", (found) => found.map((one) => one.getAttribute("data-station")))).toEqual(["2xx"]);
    await page.focus("#filters input[type=search]");
    await page.keyboard.type("nobody is called so");
    expect(await text(page, "#filters output")).toBe(`0 of ${all} shown`);
    expect(await visible(page, "#none")).toBe(1);
    await leave(page);
  });

  test("a node leads to its finding, which has the focus and stands alone until all are wanted again", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    await page.evaluate("document.querySelector('svg.stack a.root').focus()");
    await page.keyboard.press("Enter");
    expect(await focused(page, "textContent")).toContain("secret:ohmycoins-prod-app-secrets has no AWSCURRENT version");
    expect(await page.evaluate("location.hash.slice(1) === document.activeElement.id")).toBe(true);
    expect(await text(page, "#only")).toContain("Only what was found about secret ohmycoins-prod-app-secrets");
    const subjects = await page.$$eval(".finding:not([hidden]) > p:first-child strong", (found) => found.map((one) => one.textContent));
    expect(new Set(subjects)).toEqual(new Set(["secret:ohmycoins-prod-app-secrets"]));

    await page.focus("#only button");
    await page.keyboard.press("Enter");
    expect(await page.$$eval(".finding[hidden]", ({ length }) => length)).toBe(0);
    expect(await focused(page, "form.id")).toBe("filters");
    await leave(page);
  });

  test("a link to a finding opens what it is folded up in", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    const href = await page.$eval("a.chip.pass", (one) => one.getAttribute("href") ?? "");
    expect(await visible(page, href)).toBe(0);
    await page.focus("a.chip.pass");
    await page.keyboard.press("Enter");
    expect(await visible(page, href)).toBe(1);
    await leave(page);
  });

  test("the copy button puts the command into the clipboard and says so", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    const command = await text(page, "#causes .command code");
    await page.bringToFront();
    await page.focus("#causes .copy");
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.querySelector('#said').textContent === 'Copied'");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(command);
    await leave(page);
  });

  test("where the clipboard is closed, the old way is taken", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))");
    await page.bringToFront();
    await page.focus("#causes .copy");
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.querySelector('#said').textContent === 'Copied'");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(await text(page, "#causes .command code"));
    expect(await focused(page, "className")).toBe("copy");
    await leave(page);
  });

  test("evidence opens with the keyboard", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    const evidence = ".finding.fail details.evidence";
    expect(await visible(page, `${evidence} dl`)).toBe(0);
    await page.focus(`${evidence} > summary`);
    await page.keyboard.press("Enter");
    expect(await visible(page, `${evidence} dl`)).toBe(1);
    await leave(page);
  });

  test("without a script everything is there to be read, and nothing that would not work", async () => {
    const { page, requests } = await show(browser(), await pageOf("secret-without-value"), { scripts: false });
    const count = await page.$$eval(".finding", ({ length }) => length);
    expect(await visible(page, ".finding")).toBe(count);
    expect(await visible(page, "dl.evidence")).toBe(await page.$$eval("dl.evidence", ({ length }) => length));
    expect(await visible(page, "button, form")).toBe(0);
    expect(requests).toEqual([]);
    await leave(page);
  });

  test("on paper nothing is folded up, in dark or not, and there is nothing to press", async () => {
    const { page } = await show(browser(), await pageOf("secret-without-value"), { theme: "dark" });
    await page.emulateMediaType("print");
    expect(await visible(page, ".finding")).toBe(await page.$$eval(".finding", ({ length }) => length));
    expect(await visible(page, "dl.evidence")).toBe(await page.$$eval("dl.evidence", ({ length }) => length));
    expect(await visible(page, "button, form")).toBe(0);
    expect(await page.$eval("html", (one) => getComputedStyle(one).backgroundColor)).toBe("rgb(255, 255, 255)");
    await leave(page);
  });

  test("the report that it shows is in it, whole", async () => {
    const world = (await loadWorlds()).find(({ name }) => name === "secret-without-value");
    const { page } = await show(browser(), await pageOf("secret-without-value"));
    const { report } = await play(world ?? {});
    expect(JSON.parse(await text(page, "#report"))).toEqual(JSON.parse(JSON.stringify(report)));
    await leave(page);
  });
});
