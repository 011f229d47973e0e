import { expect, test } from "vitest";
import { story } from "../../test/cli/reports.ts";
import { reportSchema } from "../report.ts";
import render from "./json.ts";

test("it is the report document, whatever the names hold", async () => {
  for (const name of ["backend", 'a"b\n\u001b</script>']) {
    const text = await render(story(name));
    expect(reportSchema.parse(JSON.parse(text))).toEqual(story(name));
    expect(text.endsWith("}\n")).toBe(true);
  }
});
