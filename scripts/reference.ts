import { commandsPage } from "./reference/commands.ts";
import { configurationPage } from "./reference/configuration.ts";
import { exitCodesPage } from "./reference/exit-codes.ts";
import { reportPage } from "./reference/report.ts";

/** The pages of reference under `docs/`, by file name, each written from what it is about. */
export async function references(): Promise<ReadonlyMap<string, string>> {
  const pages = { "commands.md": commandsPage(), "configuration.md": configurationPage(), "report.md": reportPage() };
  const written = await Promise.all(Object.entries(pages).map(async ([file, page]) => [file, await page] as const));
  return new Map([...written, ["exit-codes.md", exitCodesPage()]]);
}
