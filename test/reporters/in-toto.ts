import { Ajv } from "ajv";
import type { Reading } from "./reading.ts";

// There is no schema of these but their own words: https://github.com/in-toto/attestation/tree/main/spec (v1, test-result v0.1).
const digestSet = { type: "object", minProperties: 1, additionalProperties: { type: "string", pattern: "^[0-9a-f]+$" } };
const uri = { type: "string", pattern: "^[a-z][a-z0-9+.-]*:" };
const tests = { type: "array", uniqueItems: true, items: { type: "string", minLength: 1 } };
const descriptor = {
  type: "object",
  properties: {
    name: { type: "string" },
    uri,
    digest: digestSet,
    content: { type: "string" },
    downloadLocation: uri,
    mediaType: { type: "string" },
  },
  anyOf: [{ required: ["uri"] }, { required: ["digest"] }, { required: ["content"] }],
  additionalProperties: false,
};
const valid = new Ajv({ strict: false }).compile({
  type: "object",
  required: ["_type", "subject", "predicateType", "predicate"],
  additionalProperties: false,
  properties: {
    _type: { const: "https://in-toto.io/Statement/v1" },
    subject: { type: "array", minItems: 1, items: { ...descriptor, required: ["digest"] } },
    predicateType: { const: "https://in-toto.io/attestation/test-result/v0.1" },
    predicate: {
      type: "object",
      required: ["result", "configuration"],
      additionalProperties: false,
      properties: {
        result: { enum: ["PASSED", "WARNED", "FAILED"] },
        configuration: { type: "array", minItems: 1, items: descriptor },
        url: uri,
        ...{ passedTests: tests, warnedTests: tests, failedTests: tests },
        // The one extension field.
        seaworthy: { type: "object" },
      },
    },
  },
});

interface Tests {
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly seaworthy: { readonly skippedTests: readonly string[]; readonly counts: Readonly<Record<string, number>> };
}

export default {
  counted: (text) => {
    const { passedTests, warnedTests, failedTests, seaworthy } = (JSON.parse(text) as { predicate: Tests }).predicate;
    const listed = { passed: passedTests.length, skipped: seaworthy.skippedTests.length, other: warnedTests.length + failedTests.length };
    return { ...seaworthy.counts, ...listed };
  },
  expected: ({ counts }) => {
    const other = counts.fail + counts.pending + counts.unknown + counts.waived;
    return { ...counts, passed: counts.pass, skipped: counts.skip, other };
  },
  problems: (text) => {
    valid(JSON.parse(text));
    return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  },
  plain: (text) => text.replaceAll(/\\(["\\])/g, "$1"),
} satisfies Reading;
