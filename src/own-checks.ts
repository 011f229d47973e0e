import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Check, NamedCheck } from "./check.ts";
import { type CheckFile, checkFilesIn, loadCheck } from "./check-files.ts";
import { Mistake } from "./mistake.ts";
import { wrongFacts } from "./own-facts.ts";
import { importsLeadHere } from "./own-imports.ts";

/** The checks of a folder of one's own, in countdown order. Throws a Mistake that names all that is wrong with it, file by file. */
export async function loadOwnChecks(path: string, builtIn: readonly NamedCheck[]): Promise<readonly NamedCheck[]> {
  const folder = pathToFileURL(`${path}/`);
  const shown = (file: string) => `${basename(path)}/${file}`;
  const { checks: files, strays } = await checkFilesIn(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`The folder of checks ${path} cannot be read: ${error.code}`, "Name one that is there: checks: in the configuration");
  });
  const named = strays.map((file) => `${shown(file)} is no check: checks are called NNN-id.ts, and other code goes into a folder below`);
  endIf([...named, ...clashes(files, builtIn, shown)]);

  importsLeadHere(folder);
  const loaded = await Promise.all(files.map((file) => load(folder, file)));
  endIf(loaded.flatMap(({ wrong }, n) => wrong.map((what) => `${shown(files[n]?.file ?? "")} ${what}`)));
  const checks = loaded.flatMap(({ check }) => check ?? []);
  endIf(await wrongFacts(checks, builtIn));
  return checks;
}

function endIf(wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Mistake(wrong.join("\n"), "How checks of one's own are written: docs/own-checks.md");
}

/** Two checks of one number have no order, and two of one id no name. */
function clashes(files: readonly CheckFile[], builtIn: readonly NamedCheck[], shown: (file: string) => string): readonly string[] {
  const taken = builtIn.map(({ order, id }) => ({ order, id, name: `the built-in ${order}-${id}` }));
  return files.flatMap(({ file, order, id }, n) => {
    const others = [...taken, ...files.slice(0, n).map((one) => ({ ...one, name: shown(one.file) }))];
    const [sameId, sameOrder] = [others.find((one) => one.id === id), others.find((one) => one.order === order)];
    if (sameId) return [`${shown(file)} has the id of ${sameId.name}: give it another`];
    return sameOrder ? [`${shown(file)} has the number of ${sameOrder.name}: those that end in 7, 8 or 9 are never built in`] : [];
  });
}

type Loaded = { readonly check?: NamedCheck; readonly wrong: readonly string[] };

async function load(folder: URL, file: CheckFile): Promise<Loaded> {
  try {
    const check = await loadCheck(folder, file);
    const wrong = wrongWith(check);
    return wrong === undefined ? { check, wrong: [] } : { wrong: [wrong] };
  } catch (error) {
    return { wrong: [`cannot be loaded: ${told(error, folder)}`] };
  }
}

/** What the types ask of a check, asked at run time too: Node drops types and believes them. */
function wrongWith(check: Partial<Check>): string | undefined {
  const { title, why, severity, about, needs, none, evaluate } = check;
  if (!Array.isArray(needs) || typeof evaluate !== "function") return "exports no check: export default defineCheck({ … })";
  if (typeof title !== "string" || typeof why !== "string") return "has no title and no why";
  const weights: readonly unknown[] = typeof severity === "object" && severity ? Object.values(severity) : [severity];
  const scenes = typeof severity === "object" && severity ? Object.keys(severity) : [];
  if (!weights.every((weight) => ["blocker", "warning", "advice"].includes(weight as string)))
    return "weighs neither blocker, warning nor advice";
  if (!scenes.every((scene) => ["post-deploy", "pre-scale-up", "sign-off"].includes(scene)))
    return "weighs something in a scene that there is none of";
  if (![about, ...needs].every(isFact)) return "is about something, or needs something, that is no fact";
  return none?.status === "fail" || none?.status === "pending" || none?.status === "skip"
    ? undefined
    : "does not say what it means that there are none";
}

const isFact = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "ask" in value && "calls" in value && "needs" in value;

/** One line on an error, and where in the folder it happened. */
function told(error: unknown, folder: URL): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split("\n").find((line) => line.includes(folder.href));
  const [, at] = /([^/:]+:\d+)(?::\d+)?\)?$/.exec(place ?? "") ?? [];
  return `${error.name}: ${error.message.replaceAll(/\s*\n\s*/g, " ").replaceAll(folder.href, "")}${at ? ` (${at})` : ""}`;
}
