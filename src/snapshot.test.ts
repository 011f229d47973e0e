import { expect, test } from "vitest";
import { complete } from "./config.ts";
import { Mistake } from "./mistake.ts";
import { formatSnapshot, parseSnapshot, type SnapshotFile } from "./snapshot.ts";

const snapshot: SnapshotFile = {
  tool: { name: "seaworthy", version: "0.1.0" },
  scene: "post-deploy",
  config: complete({ deployment: "d", cluster: "c", services: {} }),
  takenAt: "2026-01-18T04:00:00.000Z",
  facts: {
    caller: {
      kind: "credentials",
      readings: { caller: { state: "known", value: { account: "1" }, at: "2026-01-18T04:00:00.000Z" } },
      names: {},
      missing: [],
      links: [],
    },
  },
  lacking: {},
  rounds: { attempts: { a: 1 }, waiting: [] },
  calls: {},
};
const text = formatSnapshot(snapshot);
const fault = (edited: string) => {
  try {
    parseSnapshot(edited, "s.json");
  } catch (error) {
    return error instanceof Mistake ? error.message : error;
  }
  return undefined;
};

test("a snapshot comes back as it was", () => {
  expect(parseSnapshot(text, "s.json")).toEqual(snapshot);
});

test("every cut is noticed", () => {
  const cuts = Array.from({ length: text.trimEnd().length - 1 }, (_, n) => text.slice(0, n + 1));
  expect(cuts.filter((cut) => fault(cut) === undefined)).toEqual([]);
});

test.each([
  ["cut short", text.slice(0, text.length / 2), "was cut short"],
  ["no snapshot at all", '{"a":1}', "is no snapshot"],
  ["of another version", text.replace("snapshot/1", "snapshot/2"), "is of another version: seaworthy.snapshot/2"],
  ["edited", text.replace('"account": "1"', '"account": "2"'), "was edited: its checksum"],
  ["with a part torn out", text.replace('"facts"', '"fakts"'), "was edited: facts"],
])("one that is %s is refused, saying so", (_, edited, said) => {
  expect(fault(edited)).toContain(said);
});
