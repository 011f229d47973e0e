import { createHash } from "node:crypto";
import type { SnapshotFile } from "./snapshot.ts";

/** The content of a snapshot's file: with the name of its format, and a checksum over all the rest. */
export function sealed(snapshot: SnapshotFile) {
  const content = { schema: "seaworthy.snapshot/1", ...snapshot };
  return { ...content, sha256: checksum(content) };
}

/** The SHA-256 of an object's JSON, in hexadecimal. */
export const checksum = (content: object): string => createHash("sha256").update(JSON.stringify(content)).digest("hex");
