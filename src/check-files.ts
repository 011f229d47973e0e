import { readdir } from "node:fs/promises";
import type { Check, NamedCheck } from "./check.ts";

/** A file that is a check: its name, `NNN-the-id.ts`, is the registration, the order and the id. */
export interface CheckFile {
  readonly file: string;
  readonly order: number;
  readonly id: string;
}

/** The files of a folder that are checks, in countdown order, and the code beside them that is none. */
export async function checkFilesIn(folder: URL): Promise<{ readonly checks: readonly CheckFile[]; readonly strays: readonly string[] }> {
  const code = (await readdir(folder)).filter((file) => /\.m?[jt]s$/.test(file) && !/\.(test|spec|d)\.m?[jt]s$/.test(file)).sort();
  const named = code.map((file) => ({ file, match: /^(\d{3})-([a-z0-9-]+)\.m?[jt]s$/.exec(file) }));
  return {
    checks: named.flatMap(({ file, match }) => (match ? [{ file, order: Number(match[1]), id: match[2] ?? "" }] : [])),
    strays: named.flatMap(({ file, match }) => (match ? [] : [file])),
  };
}

/** The check that a file exports, under the name that its file gives it. */
export async function loadCheck(folder: URL, { file, order, id }: CheckFile): Promise<NamedCheck> {
  const { default: check } = (await import(new URL(file, folder).href)) as { default: Check };
  return { ...check, id, order };
}
