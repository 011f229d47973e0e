import { secrets } from "../facts/secrets.ts";
import { type Service, services } from "../facts/services.ts";
import { type Reference, type TaskDefinition, taskDefinitions } from "../facts/task-definitions.ts";
import { defineSection } from "../section.ts";

type Use = { readonly service: string; readonly reference: Reference };

/** The secrets of this account that task definitions ask for, and the keys that they ask of them. */
export default defineSection({
  section: "secrets",
  from: [services, taskDefinitions, secrets],
  fills: ["secrets", "secretValues"],

  find(look) {
    const known = look(secrets);
    const uses = usesOf(look(services), look(taskDefinitions)).flatMap(({ service, reference }) => {
      const { target } = reference;
      const secret = known.find(
        ({ arn, name }) => target.to === "secret" && (arn === target.id || name === target.id || arn.startsWith(`${target.id}-`)),
      );
      return secret ? [{ secret: secret.name, service, reference }] : [];
    });
    return { secrets: Object.fromEntries([...Map.groupBy(uses, ({ secret }) => secret)].map(([name, own]) => [name, required(own)])) };
  },
});

/** What the services' revisions ask for. A secret of another account has its name there, and not here. */
function usesOf(all: readonly Service[], definitions: readonly TaskDefinition[]): readonly Use[] {
  return all.flatMap((service) => {
    const references = definitions.find(({ arn }) => arn === service.taskDefinition)?.references ?? [];
    const account = service.arn.split(":")[4];
    const here = references.filter(({ target }) => target.to === "secret" && (target.account ?? account) === account);
    return here.map((reference) => ({ service: service.name, reference }));
  });
}

/** All keys that anybody asks for; and who is given every one of them, by a container that the service cannot do without. */
function required(uses: readonly Use[]) {
  const keyOf = ({ target }: Reference) => (target.to === "secret" ? target.key : "");
  const keys = [...new Set(uses.map(({ reference }) => keyOf(reference)).filter((key) => key !== ""))];
  const given = Map.groupBy(
    uses.filter(({ reference: { use, essential } }) => use === "environment" && essential),
    ({ service }) => service,
  );
  const injectedInto = [...given].flatMap(([service, own]) =>
    keys.every((key) => own.some(({ reference }) => keyOf(reference) === key)) ? service : [],
  );
  return { keys, ...(injectedInto.length > 0 && { injectedInto }) };
}
