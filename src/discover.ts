import { readdir } from "node:fs/promises";
import type { NamedCheck } from "./check.ts";
import { checkFilesIn, loadCheck } from "./check-files.ts";
import type { Section } from "./section.ts";

// The build replaces this module by an index of the same folders, since a bundler cannot follow discovery at run time.

/** Every built-in check, in countdown order. */
export async function loadChecks(): Promise<readonly NamedCheck[]> {
  const folder = new URL("../checks/", import.meta.url);
  return Promise.all((await checkFilesIn(folder)).checks.map((one) => loadCheck(folder, one)));
}

/** Every way to infer what a configuration does not state. */
export async function loadSections(): Promise<readonly Section[]> {
  const folder = new URL("./infer/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => /^[a-z-]+\.ts$/.test(file)).sort();
  return Promise.all(files.map(async (file) => ((await import(new URL(file, folder).href)) as { default: Section }).default));
}
