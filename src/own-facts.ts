import { type Service, services } from "./aws.ts";
import type { NamedCheck } from "./check.ts";
import { loadSections } from "./discover.ts";
import type { Fact } from "./fact.ts";

/** What is wrong with the facts of one's own: none may stand in for another, nor call what is not for it to call. */
export async function wrongFacts(checks: readonly NamedCheck[], builtIn: readonly NamedCheck[]): Promise<readonly string[]> {
  const known = reached([
    ...builtIn.flatMap(({ about, needs }) => [about, ...needs]),
    ...(await loadSections()).flatMap(({ from }) => from),
  ]);
  const own = [...reached(checks.flatMap(({ about, needs }) => [about, ...needs]))].filter((fact) => !known.has(fact));
  const twice = [...Map.groupBy([...known, ...own], ({ id }) => id)].filter(([, facts]) => facts.length > 1);
  const refused = own.flatMap(({ id, calls }) => calls.map(async (call) => ((await isAllowed(call)) ? [] : [{ id, call }])));
  return [
    ...twice.map(([id]) => `there are two facts called "${id}": give the own one another id`),
    ...(await Promise.all(refused))
      .flat()
      .map(({ id, call }) => `the fact "${id}" calls ${call}, which is not among the calls that it may make`),
  ];
}

function reached(facts: readonly Fact[]): ReadonlySet<Fact> {
  const found = new Set(facts);
  for (const fact of found) for (const need of fact.needs) found.add(need);
  return found;
}

/** Whether it is on the list of its service. What reads a secret is built in, and masks it. */
async function isAllowed(call: string): Promise<boolean> {
  const [service = "", operation = ""] = call.split(":");
  if (call === "secretsmanager:GetSecretValue" || !Object.hasOwn(services, service)) return false;
  return /^[A-Z]/.test(operation) && operation !== "Client" && operation in (await services[service as Service]());
}
