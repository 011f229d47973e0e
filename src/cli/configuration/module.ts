import { pathToFileURL } from "node:url";
import { Mistake } from "../../mistake.ts";
import type { Source } from "./source.ts";

/** Imports a TypeScript or JavaScript configuration: its default export, or what that returns where it is a function. */
export async function loadModule(file: string, shown: string): Promise<Source> {
  const value: unknown = await load(file).catch((error: unknown) => {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Mistake(
      `${shown} cannot be loaded: ${why.replaceAll(/\s*\n\s*/g, " ")}`,
      "It has to export the configuration as its default",
    );
  });
  if (typeof value !== "object" || value === null)
    throw new Mistake(
      `${shown} exports no configuration`,
      "Export it as the default: export default { deployment: …, cluster: …, services: … }",
    );
  return {
    value,
    placeOf: (path) => ({ text: [shown, path.join(".")].filter((part) => part).join(": "), offset: 0, line: null }),
    isPlain: () => false,
  };
}

async function load(file: string): Promise<unknown> {
  const { default: exported } = (await import(pathToFileURL(file).href)) as { default?: unknown };
  return typeof exported === "function" ? await exported() : exported;
}
