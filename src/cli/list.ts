import type { NamedCheck, Scene } from "../check.ts";
import { severityIn } from "../countdown.ts";
import { Mistake } from "../mistake.ts";
import { stationsOf } from "../reporters/text/stations.ts";
import { print } from "./output.ts";
import { countdownNear } from "./own-checks.ts";
import { meant } from "./settings.ts";

const scenes: readonly Scene[] = ["pre-scale-up", "post-deploy", "sign-off"];

/** Prints the countdown, for people or as JSON. */
export async function list({ reporter = "console", config }: { readonly reporter?: string; readonly config?: string }): Promise<number> {
  const checks = await countdownNear(config);
  const formats: Readonly<Record<string, (checks: readonly NamedCheck[]) => string>> = { console: table, json };
  const format = formats[reporter];
  if (!format) throw new Mistake(`The list cannot be told as "${reporter}"`, meant(reporter, Object.keys(formats)));
  await print(format(checks));
  return 0;
}

function table(checks: readonly NamedCheck[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const letter = (check: NamedCheck, scene: Scene) => severityIn(check, scene)?.[0]?.toUpperCase() ?? "–";
  const lines = stationsOf(checks).flatMap(({ label, name, checks }) => [
    "",
    `${label} ${name}`,
    ...checks.map(
      (check) => `${check.order} ${check.id.padEnd(width)}  ${scenes.map((scene) => letter(check, scene)).join(" ")}  ${check.title}`,
    ),
  ]);
  const legend = ["C checklist, G gate, S sign-off", "B blocker, W warning, A advice, – not asked"];
  return `${[`NNN ${"id".padEnd(width)}  C G S  true when it passes`, ...lines, "", ...legend].join("\n")}\n`;
}

function json(checks: readonly NamedCheck[]): string {
  const entries = checks.map((check) => ({
    order: check.order,
    id: check.id,
    title: check.title,
    why: check.why,
    severity: Object.fromEntries(scenes.map((scene) => [scene, severityIn(check, scene) ?? null])),
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
