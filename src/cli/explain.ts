import type { NamedCheck, Scene } from "../check.ts";
import { factsOf, severityIn } from "../countdown.ts";
import { type Diagnosis, diagnose } from "../diagnosis/messages.ts";
import { loadChecks } from "../discover.ts";
import { Mistake } from "../mistake.ts";
import { wrap } from "../reporters/text/wrap.ts";
import { explainLines, tellerOf } from "./explain-messages.ts";
import { print } from "./output.ts";
import { countdownNear } from "./own-checks.ts";
import { checkMeant } from "./settings.ts";

const scenes: readonly Scene[] = ["pre-scale-up", "post-deploy", "sign-off"];

/** Prints what one check asks, by id or number, or what a message of AWS means; for `-` what every line of stdin means. */
export async function explain(
  word: string,
  { reporter = "console", config }: { readonly reporter?: string; readonly config?: string } = {},
): Promise<number> {
  if (word === "-") return explainLines(reporter);
  const tell = tellerOf(reporter);
  // A message is no business of anybody's checks.
  const checks = /\s/.test(word.trim()) ? await loadChecks() : await countdownNear(config);
  const check = checks.find(({ id, order }) => id === word || `${order}` === word || `${order}-${id}` === word);
  if (check && reporter !== "console") throw new Mistake("The page of a check is for people", "For JSON: seaworthy list --reporter json");
  await print(check ? page(check, Math.min(process.stdout.columns ?? 100, 100)) : tell(diagnosed(word, checks)));
  return 0;
}

/** A single word that means nothing is a check misspelt. */
function diagnosed(word: string, checks: readonly NamedCheck[]): Diagnosis {
  if (word.trim() === "") throw new Mistake("There is nothing to explain", "Give the id of a check, or a message of AWS in quotes");
  const diagnosis = diagnose({ message: word });
  if (diagnosis.cause === "undetermined" && !/\s/.test(word.trim())) throw unknown(word, checks);
  return diagnosis;
}

function unknown(word: string, checks: readonly NamedCheck[]): Mistake {
  return new Mistake(`There is no check "${word}"`, checkMeant(word, checks));
}

function page(check: NamedCheck, width: number): string {
  const { id, order, title, why, about, first } = check;
  const facts = factsOf([check]);
  const role = [
    ...(first ? ["It is asked before all else: unless it passes, nothing else is asked."] : []),
    ...(check.facesAbsence ? [`It answers for a ${about.kind} that does not exist; others then skip.`] : []),
    ...(check.breaks ? ["While it fails, what leans on its subject cannot work: it may be the root cause of others."] : []),
    ...(check.symptom ? ["It fails as well where something that its subject leans on is broken: look there first."] : []),
  ];
  const paragraphs = [
    wrap(`${order} ${id}`, width),
    wrap(`Passes when this is true: ${title}.`, width),
    wrap(why, width),
    scenes.map((scene) => `  ${scene.padEnd(14)}${severityIn(check, scene) ?? "not asked"}`),
    [
      `Asked about each ${about.kind}. It reads:`,
      ...facts.flatMap((fact) => wrap([fact.id, ...fact.calls, ...fact.alsoNeeds].join(" "), width, "  ")),
    ],
    ...role.map((line) => wrap(line, width)),
  ];
  return `${paragraphs.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
