import { readFileSync } from "node:fs";
import { XMLParser } from "fast-xml-parser";
import { XmlDocument, type XmlElement, XmlValidateError, XsdValidator } from "libxml2-wasm";
import type { Reading } from "./reading.ts";

const schema = XmlDocument.fromBuffer(readFileSync(new URL("../schemas/jenkins-junit.xsd", import.meta.url)));
const jenkins = XsdValidator.fromDoc(schema);

/** Reads the document with libxml, and gives what somebody makes of it. */
export function inDocument<T>(text: string, look: (root: XmlElement, document: XmlDocument) => T): T {
  const document = XmlDocument.fromString(text);
  try {
    return look(document.root, document);
  } finally {
    document.dispose();
  }
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

export default {
  counted: (text) =>
    inDocument(text, (root) => {
      const suites = root.find("testsuite") as XmlElement[];
      const sum = (name: string) => suites.reduce((all, suite) => all + Number(suite.attr(name)?.value), 0);
      const whole = Object.fromEntries(["tests", "failures", "errors"].map((name) => [`root ${name}`, Number(root.attr(name)?.value)]));
      const elements = Object.fromEntries(
        ["testcase", "failure", "error", "skipped"].map((name) => [name, root.find(`.//${name}`).length]),
      );
      return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors"), skips: sum("skipped"), ...whole, ...elements };
    }),
  expected: ({ checks }) => {
    const findings = checks.flatMap((check) => check.findings.map((finding) => ({ ...finding, severity: check.severity })));
    const open = findings.filter(({ waiver }) => !waiver);
    const failures = open.filter(({ status, severity }) => status === "fail" || (status === "pending" && severity === "blocker")).length;
    const errors = open.filter(({ status }) => status === "unknown").length;
    const tests = findings.length;
    const skips = tests - failures - errors - open.filter(({ status }) => status === "pass").length;
    const elements = { testcase: tests, failure: failures, error: errors, skipped: skips };
    return { tests, failures, errors, skips, "root tests": tests, "root failures": failures, "root errors": errors, ...elements };
  },
  problems: (text) => {
    try {
      inDocument(text, (_, document) => jenkins.validate(document));
      return [];
    } catch (error) {
      return error instanceof XmlValidateError ? error.details.map(({ line, message }) => `${line}: ${message}`) : [String(error)];
    }
  },
  plain: (text) => textsIn(new XMLParser({ ignoreAttributes: false, htmlEntities: true }).parse(text)).join("\n"),
} satisfies Reading;
