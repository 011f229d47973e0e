import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a run of the tests a place of its own for temporary files, and takes it away with whatever was left there. */
export default function scratch(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "seaworthy-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
