import { array, int, literal, looseObject, enum as oneOf, type output, record, string, unknown } from "zod/mini";
import type { Config } from "./config.ts";
import { documentIn } from "./document.ts";
import type { Snapshot } from "./gather.ts";
import { Mistake } from "./mistake.ts";
import type { Report } from "./report.ts";
import { checksum, sealed } from "./seal.ts";
import type { Missing } from "./view.ts";

const fileSchema = looseObject({
  schema: literal("seaworthy.snapshot/1"),
  tool: looseObject({ name: literal("seaworthy"), version: string() }),
  scene: oneOf(["post-deploy", "pre-scale-up", "sign-off"]),
  config: record(string(), unknown()),
  takenAt: string(),
  facts: record(string(), looseObject({ kind: string(), readings: record(string(), unknown()), missing: array(unknown()) })),
  rounds: looseObject({ attempts: record(string(), int()), waiting: array(unknown()) }),
  sha256: string(),
});

/** A run as it is kept on disk: all readings, what they were taken for, and how often. No secret value is in it. */
export interface SnapshotFile extends Snapshot {
  readonly tool: Report["tool"];
  readonly scene: Report["scene"];
  readonly config: Config;
  readonly lacking: { readonly [factId: string]: readonly Missing[] };
  readonly rounds: { readonly attempts: { readonly [checkId: string]: number }; readonly waiting: Report["waiting"] };
  readonly calls: Report["usage"]["calls"];
}

/** The file's text: JSON with a checksum over all the rest. */
export function formatSnapshot(snapshot: SnapshotFile): string {
  return `${JSON.stringify(sealed(snapshot), null, 1)}\n`;
}

/** Reads a snapshot that was written whole, by this version of the format, and not edited since; else throws a Mistake that says which. */
export function parseSnapshot(text: string, file: string): SnapshotFile {
  const again = "Take a new one: seaworthy gather -o snapshot.json";
  const content = documentIn(text, file, { schema: "seaworthy.snapshot/1", again });
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw new Mistake(`${file} was edited: ${whereOf(parsed.error)} is not as it was written`, again);
  const { sha256, ...rest } = content as output<typeof fileSchema>;
  if (checksum(rest) !== sha256) throw new Mistake(`${file} was edited: its checksum does not fit what is in it`, again);
  const { schema: _, ...snapshot } = rest;
  return snapshot as unknown as SnapshotFile;
}

const whereOf = ({ issues: [issue] }: { issues: readonly { path: readonly PropertyKey[] }[] }) =>
  issue?.path.join(".") || "its outermost object";
