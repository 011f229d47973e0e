import { createHash } from "node:crypto";
import type { Tasks } from "../facts/tasks.ts";
import { defineReporter } from "../reporter.ts";
import type { SnapshotFile } from "../snapshot.ts";
import { allVisible } from "./text/visible.ts";
import { type Told, told } from "./text/words.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * An in-toto statement, version 1, that the images which serve passed this countdown, or did not: unsigned, for `cosign attest-blob
 * --statement`; its `predicate` alone for `cosign attest --predicate` and GitHub's attest action. HOLD is FAILED: what nobody knows has not passed.
 * Where no image is known to serve it is about the snapshot, and so about nothing that could be admitted by it.
 * @see https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export default defineReporter((raw, _place, snapshot) => {
  const report = allVisible(raw);
  const { deployment, scene, verdict, interrupted, origin, finishedAt, tool, counts, rootCauses, notAsked } = report;
  const findings = told(report);
  const named = (wanted: (finding: Told) => boolean) => findings.filter(wanted).map(({ id }) => id);
  const passed = ({ status, waiver }: Told) => status === "pass" && !waiver;
  const skipped = ({ status, waiver }: Told) => status === "skip" && !waiver;
  const warned = ({ waiver, check }: Told) => waiver !== null || check.severity !== "blocker";
  const warns = findings.some(({ status, waiver, check }) => check.severity === "warning" && !waiver && status === "fail");
  // Of what --only or --skip left out nobody knows whether it would have passed.
  const green = warns || notAsked.length > 0 ? "WARNED" : "PASSED";
  const taken = report.snapshot ?? sha256(JSON.stringify(snapshot));
  const images = servingIn(snapshot);

  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: images.length > 0 ? images : [{ name: `snapshot:${deployment.name}`, digest: { sha256: taken } }],
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: verdict === "GO" && !interrupted ? green : "FAILED",
      configuration: [
        // As it was judged, with all that was inferred: `jq -cj .config snapshot.json | sha256sum`.
        { name: origin.configuration?.file ?? "inferred", digest: { sha256: sha256(JSON.stringify(snapshot.config)) } },
        // As the snapshot's own file states it.
        { name: "snapshot", digest: { sha256: taken } },
      ],
      ...(origin.url !== null && URL.canParse(origin.url) && { url: new URL(origin.url).href }),
      passedTests: named(passed),
      // What was accepted by a waiver, and what decides nothing.
      warnedTests: named((one) => !passed(one) && !skipped(one) && warned(one)),
      failedTests: named((one) => !passed(one) && !skipped(one) && !warned(one)),
      // An extension, which decides nothing: why it came to this.
      seaworthy: {
        ...{ version: tool.version, deployment, scene, verdict, interrupted, finishedAt, counts },
        rootCauses: rootCauses.map(({ finding, says, fix }) => ({ finding, says, fix })),
        skippedTests: named(skipped),
        notAsked,
      },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
});

/** Every image that a running task has pulled, once, by its repository; by its digest as well where one repository serves two of them. */
function servingIn({ facts }: SnapshotFile) {
  const readings = Object.values(facts["tasks"]?.readings ?? {});
  const tasks = readings.flatMap((reading) => (reading.state === "known" ? [reading.value as unknown as Tasks] : []));
  const pulled = tasks.flatMap(({ running }) => running.flatMap(({ containers }) => containers));
  const byDigest = new Map(
    pulled.flatMap(({ digest, image, name }) => (digest ? [[digest, (image ?? name).replace(/(@.*|:[^/:]+)$/, "")] as const] : [])),
  );
  const repositories = [...byDigest.values()];
  const isShared = (name: string) => repositories.indexOf(name) !== repositories.lastIndexOf(name);
  return [...byDigest].flatMap(([digest, name]) => {
    const [, algorithm, hex] = /^([a-z0-9]+):([0-9a-f]+)$/.exec(digest) ?? [];
    return algorithm && hex ? [{ name: isShared(name) ? `${name}@${digest}` : name, digest: { [algorithm]: hex } }] : [];
  });
}
