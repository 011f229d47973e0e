import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const main = join(import.meta.dirname, "../../src/cli/main.ts");

/** A word of the command line, and what its help says of it. */
export interface Term {
  readonly term: string;
  readonly says: string;
}

/** A command, as its help tells of it. */
export interface Help {
  readonly name: string;
  readonly usage: string;
  readonly says: string;
  readonly arguments: readonly Term[];
  readonly options: readonly Term[];
}

/** Every command, by asking each for its help: what users see is what is written down. */
export async function helpOfAll(): Promise<readonly Help[]> {
  const { Commands = "" } = sectionsIn(await helpText([]));
  const names = termsIn(Commands).map(({ term }) => term.split(" ")[0] ?? "");
  return Promise.all(names.filter((name) => name !== "help").map(async (name) => helpIn(name, await helpText([name]))));
}

async function helpText(command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...command, "--help"], { env: { ...process.env, NO_COLOR: "1" } });
  return stdout;
}

function helpIn(name: string, text: string): Help {
  const { Usage = "", Arguments = "", Options = "", "": says = "" } = sectionsIn(text);
  const options = termsIn(Options).filter(({ term }) => !term.includes("--help"));
  return { name, usage: joined(Usage), says: joined(says), arguments: termsIn(Arguments), options };
}

/** The parts of a help text by their headings; what stands under none is the description. */
function sectionsIn(text: string): Readonly<Record<string, string>> {
  const parts = text.split("\n\n").map((part): readonly [string, string] => {
    const [, heading, rest] = /^(Usage|Arguments|Options|Commands):\s?(.*)$/s.exec(part) ?? [];
    return heading === undefined ? ["", part] : [heading, rest ?? ""];
  });
  // The description comes before what was added after the help.
  return Object.fromEntries(parts.toReversed());
}

/** Terms stand two spaces in, with what is said of them after a gap; what goes on stands further in. */
function termsIn(section: string): readonly Term[] {
  const entries = section.split(/\n(?= {2}\S)/).filter((entry) => entry.trim() !== "");
  return entries.map((entry) => {
    const [, term = "", says = ""] = /^ *(\S.*?)(?: {2,}|\n)(.*)$/s.exec(entry) ?? [];
    return { term, says: joined(says) };
  });
}

const joined = (text: string) => text.trim().replaceAll(/\s+/g, " ");
