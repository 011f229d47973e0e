import { readdir } from "node:fs/promises";
import type { Reporter } from "./reporter.ts";

// The build replaces this module by an index of the same folder, since a bundler cannot follow discovery at run time.

/** The names of all reporters. */
export async function reporterNames(): Promise<readonly string[]> {
  const files = await readdir(new URL("./reporters/", import.meta.url));
  return files.flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.slice(1) ?? []).sort();
}

/** The reporter of a name that exists. */
export async function loadReporter(name: string): Promise<Reporter> {
  return ((await import(new URL(`./reporters/${name}.ts`, import.meta.url).href)) as { default: Reporter }).default;
}
