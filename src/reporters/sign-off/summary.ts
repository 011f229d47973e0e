import { counted, told } from "../text/words.ts";
import { and, type Cell, cell } from "./blocks.ts";
import { costInShort } from "./cost.ts";
import { readingsOf, type Stand } from "./readings.ts";
import { restInShort } from "./rest.ts";
import { alarmsInShort, dashboardsInShort } from "./watches.ts";

/** What a manager has to know besides the verdict, one sentence each. */
export function summaryOf(stand: Stand): readonly Cell[] {
  const cost = costInShort(stand);
  return [
    ...tasksInShort(stand),
    ...restInShort(stand).map((says) => cell(says, "aside")),
    ...[alarmsInShort(stand), ...dashboardsInShort(stand)].map(({ says, tone }) => cell(says, tone)),
    ...inTheOpen(stand),
    ...placeholders(stand),
    cell(cost.says, cost.over ? "bad" : undefined),
  ];
}

/** How many tasks run of those that are wanted, of services that are not at rest. */
function tasksInShort(stand: Stand): readonly Cell[] {
  const { known, absent, unknown } = readingsOf(stand, "services");
  const up = known.map(({ value }) => value).filter(({ desired }) => desired > 0);
  const [running, desired] = [total(up.map((one) => one.running)), total(up.map((one) => one.desired))];
  const says = `${counted(up.length, "service runs", "services run")} ${running} of ${counted(desired, "task")}.`;
  return [
    ...(up.length > 0 ? [cell(says, up.every((one) => one.running === one.desired) ? "good" : "bad")] : []),
    ...(absent.length > 0 ? [cell(`There is no service ${and(absent)}.`, "bad")] : []),
    ...(unknown.length > 0 ? [cell(`Whether tasks run is not known of ${and(unknown.map(({ name }) => name))}.`, "open")] : []),
  ];
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

const encrypted = ["HTTPS", "TLS", "QUIC", "TCP_QUIC"];

/** Which load balancers speak no TLS at all. */
function inTheOpen(stand: Stand): readonly Cell[] {
  const { known: balancers, unknown } = readingsOf(stand, "listeners");
  // What passes TCP on may well be encrypted by what is behind it.
  const open = balancers.filter(
    ({ value: { listeners } }) => listeners.length > 0 && listeners.every(({ protocol }) => protocol === "HTTP"),
  );
  if (open.length > 0) {
    const waiver = told(stand.report).find(
      ({ subject, waiver }) => waiver && open.some(({ name }) => subject.startsWith(`listener:${name}:`)),
    )?.waiver;
    const accepted = waiver ? ` Accepted by ${waiver.owner} until ${waiver.expires}.` : "";
    return [cell(`HTTP only: no listener of ${and(open.map(({ name }) => name))} speaks TLS.${accepted}`, waiver ? "open" : "bad")];
  }
  if (unknown.length > 0) return [cell("Whether it is served over TLS is not known.", "open")];
  const safe = balancers.filter(({ value: { listeners } }) => listeners.some(({ protocol }) => encrypted.includes(protocol)));
  return safe.length > 0 ? [cell(`Served over TLS, by ${and(safe.map(({ name }) => name))}.`)] : [];
}

/** Which secrets hold what looks like a placeholder, by key. */
function placeholders(stand: Stand): readonly Cell[] {
  const { known, unknown } = readingsOf(stand, "secretValues");
  const found = known.flatMap(({ name, value: { keys, stages } }) => {
    const allowed = stand.config.secrets[name]?.placeholdersAllowed ?? [];
    const own = Object.entries(keys).flatMap(([key, { flaws }]) => (flaws.includes("placeholder") && !allowed.includes(key) ? [key] : []));
    if (own.length === 0 || !stages.includes("AWSCURRENT")) return [];
    return [cell(`The secret ${name} holds placeholders: the ${own.length === 1 ? "value" : "values"} of ${and(own)}.`, "bad")];
  });
  return [...found, ...(unknown.length > 0 ? [cell("Whether the secrets hold placeholders is not known.", "open")] : [])];
}
