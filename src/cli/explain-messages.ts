import { createInterface } from "node:readline";
import { sentenceOf } from "../diagnosis/causes.ts";
import { isSurface, type Message } from "../diagnosis/messages/said.ts";
import { type Diagnosis, diagnose } from "../diagnosis/messages.ts";
import { Mistake } from "../mistake.ts";
import { wrap } from "../reporters/text/wrap.ts";
import { print } from "./output.ts";
import { meant } from "./settings.ts";

type Tell = (diagnosis: Diagnosis) => string;

/** How a diagnosis is told: for people, or as JSON in one line. Throws a Mistake for a reporter that there is none of. */
export function tellerOf(reporter: string): Tell {
  const tellers: Readonly<Record<string, Tell>> = { console: page, json: (diagnosis) => `${JSON.stringify(diagnosis)}\n` };
  const tell = tellers[reporter];
  if (!tell) throw new Mistake(`A message cannot be explained as "${reporter}"`, meant(reporter, Object.keys(tellers)));
  return tell;
}

/** Explains every line of stdin: a text, or a message as JSON. */
export async function explainLines(reporter: string): Promise<number> {
  const tell = tellerOf(reporter);
  const between = reporter === "console" ? "\n" : "";
  let told = 0;
  let gone = false;
  // Whoever read it, such as `head`, has seen enough.
  process.stdout.once("error", () => {
    gone = true;
  });
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    await print(`${told === 0 ? "" : between}${tell(diagnose(messageIn(line)))}`);
    told += 1;
    if (gone) return 0;
  }
  if (told > 0) return 0;
  throw new Mistake(
    "There is nothing to explain: stdin is empty",
    'Write a message on each line, or {"surface":…,"message":…,"exitCode":…}',
  );
}

/** What is not JSON, or not a message in JSON, is the message itself. */
function messageIn(line: string): Message {
  const { surface, message, exitCode } = objectIn(line);
  const code = typeof exitCode === "number" ? exitCode : undefined;
  if (typeof message !== "string" && (message ?? code) === undefined) return { message: line };
  if (typeof message !== "string" && message !== null && message !== undefined) return { message: line };
  return { surface: isSurface(surface) ? surface : undefined, message: message ?? "", exitCode: code };
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function page({ cause, alternatives, benign, about, fix }: Diagnosis): string {
  const width = Math.min(process.stdout.columns ?? 100, 100);
  const says = cause === "undetermined" ? "The message does not say what it was, or is cut off before it does." : sentenceOf(cause);
  const things = Object.entries(about).map(([name, value]) => `${spoken(name)} ${value}`);
  const lines = [
    cause,
    ...wrap(benign ? `Nothing is wrong. ${says}` : says, width, "  "),
    ...(things.length > 0 ? wrap(things.join(", "), width, "About:  ") : []),
    ...wrap(fix.do, width, "Fix:    "),
    ...fix.run.map((command) => `        ${command}`),
    ...alternatives.flatMap((other) => [
      ...wrap(`${other.cause}. ${sentenceOf(other.cause)}`, width, "Or:     "),
      ...wrap(`Tell them apart: ${other.tellsApart}`, width, "        "),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

const spoken = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
