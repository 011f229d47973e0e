import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { Log, Result, Run } from "sarif";
import type { Report } from "../../src/report.ts";
import type { Reading } from "./reading.ts";

const schema = JSON.parse(readFileSync(new URL("../schemas/sarif-2.1.0.json", import.meta.url), "utf8")) as object;
// One of its patterns is no regular expression in Unicode's grammar.
const validator = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(validator);
const validate = validator.compile(schema);

/** The one run of a document. */
export function runIn(text: string): Run & { readonly results: Result[] } {
  const [run] = (JSON.parse(text) as Log).runs;
  if (!run?.results) throw new Error("there is no run with results");
  return { ...run, results: run.results };
}

export default {
  counted: (text) => {
    const open = runIn(text).results.filter(({ suppressions = [] }) => suppressions.length === 0);
    const count = (wanted: Result["kind"]) => open.filter(({ kind }) => kind === wanted).length;
    return { ...(runIn(text).properties?.["counts"] as Report["counts"]), fail: count("fail"), open: count("open") };
  },
  expected: ({ counts }) => ({ ...counts, open: counts.unknown + counts.pending }),
  problems: (text) => {
    validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  },
  plain: (text) => {
    const { results, invocations = [] } = runIn(text);
    const said = results.map(({ ruleId, message, locations }) => {
      const [subject] = locations?.[0]?.logicalLocations ?? [];
      return `${ruleId} ${message.text} ${subject?.fullyQualifiedName}`;
    });
    return [invocations[0]?.exitCodeDescription, ...said].join("\n");
  },
} satisfies Reading;
