import { expect, test } from "vitest";
import { story } from "../../test/cli/reports.ts";
import render from "./markdown.ts";

const page = async (name?: string) => render(story(name));
const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("| ") && !/^\| (status|---)/.test(line));
/** Bars that are not escaped. */
const cells = (row: string) => [...row.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length - 1;

test("the verdict heads the page, and the commands stand in code fences", async () => {
  const text = await page();
  expect(text.startsWith("# NO-GO: shop\n\n**shop is not fit to carry traffic.**\n")).toBe(true);
  expect(text).toMatch(/Put a value with the ten required keys\.\n\n```sh\naws secretsmanager put-secret-value [^\n]+\n```\n/);
});

test("the tables have one row for each finding, agreeing with the counts", async () => {
  const { counts } = story();
  const all = rows(await page());
  expect(all).toHaveLength(Object.values(counts).reduce((sum, count) => sum + count, 0));
  expect(all.filter((row) => row.includes("✖ fail") && !row.includes("(waived)"))).toHaveLength(counts.fail);
});

test.for(["a|b", "a\\|b", "`x`", "<img src=x>", "two\nlines", "*bold* _and_ [link](http://x)"])(
  "the name %j breaks no table and no line",
  async (name) => {
    const text = await page(name);
    for (const row of rows(text)) expect(cells(row)).toBe(5);
    expect(rows(text)).toHaveLength(rows(await page()).length);
    const outside = text.replaceAll(/^(`{3,})sh\n[\s\S]*?\n\1$/gm, "");
    expect(outside).not.toMatch(/<img|(?<!\\)`x|(?<!\\)\*bold|(?<!\\)\[link/);
  },
);

test("a fence is longer than any in the command", async () => {
  expect(await page("```fence")).toMatch(/^````sh\n.*```fence.*\n````$/m);
});

test("the runbook ends the page, its steps numbered and their commands in fences", async () => {
  const step = { do: "Scale <api> to 2 tasks.", run: ["aws ecs update-service --service '<api>' --desired-count 2"], takes: "1 min" };
  const text = await render({ ...story(), runbook: [step, { do: "Wait.", run: [], takes: "3-10 min" }] });
  expect(text.slice(text.indexOf("## Runbook"))).toBe(
    `## Runbook\n\n**1.** Scale &lt;api&gt; to 2 tasks. (1 min)\n\n\`\`\`sh\n${step.run[0]}\n\`\`\`\n\n**2.** Wait. (3-10 min)\n`,
  );
});
