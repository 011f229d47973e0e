import { defineCheck, type Fix, fail, pass, pending, presence, sh, skip } from "../src/check.ts";
import { eventsOf, toDatabase, untilAvailable } from "../src/diagnosis/database-commands.ts";
import type { Database } from "../src/facts/database-types.ts";
import { databases } from "../src/facts/databases.ts";
import { revisionsOf, services } from "../src/facts/services.ts";
import { taskDefinitions } from "../src/facts/task-definitions.ts";

export default defineCheck({
  title: "Every database serves, or rests with the services",
  why: "Without its database the product shows errors to everybody, however many tasks run.",
  severity: "blocker",
  about: presence(databases),
  needs: [services, taskDefinitions],
  breaks: true,
  none: skip("the configuration names no database"),

  evaluate(reading, facts, { name, config, scene }) {
    if (reading.state === "absent") {
      // A host in an environment may well be in another account.
      if (config.inferred.includes("databases")) return skip("is not in this account and region, where only an environment names it");
      const list = sh`aws rds describe-db-instances --query ${"DBInstances[].DBInstanceIdentifier"}`;
      return fail(
        "does not exist",
        { why: reading.why },
        { do: "Create the database, or correct its name in the configuration.", run: [list] },
      );
    }
    const database = reading.value;
    const { form, engine, version, status, condition, instances, restartsAt } = database;
    const evidence = { form, engine, version, status, instances: instances.map((one) => `${one.id}: ${one.status}`) };
    const says = standing(database);
    if (condition === "serving") return pass(says, evidence);
    if (condition === "coming") return pending(says, evidence);
    if (condition === "broken") return fail(says, evidence, mendOf(database));

    const all = facts.services.all();
    const naming = all.filter((service) =>
      revisionsOf(service).some((revision) => facts.taskDefinitions.find(revision)?.stores.includes(`database:${name}`)),
    );
    // Where no environment names it, a secret may: any service may be one of its users.
    const awake = (naming.length > 0 ? naming : all).filter(({ desired }) => desired > 0).map((service) => service.name);
    const told = { ...evidence, restartsAt, awake };
    if (awake.length > 0) return fail(`${says}, while ${awake.join(" and ")} should run`, told, startOf(database));
    if (scene === "post-deploy") return fail(says, told, startOf(database));
    if (status === "stopping" && scene === "pre-scale-up") return pending(`${says}, and can be started only when that is done`, told);
    return pass(`${says}, as the services are at rest`, told);
  },
});

function standing({ form, status, instances, serverless }: Database): string {
  if (form === "cluster" && instances.length === 0 && !serverless) return `is ${status}, and has no instance to serve from`;
  const others = instances.filter((one) => one.status !== status && one.condition !== "serving");
  return `is ${[status, ...others.map((one) => `${one.id} ${one.status}`)].join(", its ")}`;
}

const startOf = (database: Database): Fix => ({
  do: "Start the database, and wait until it is available.",
  run: [toDatabase("start", database), untilAvailable(database)],
});

function mendOf(database: Database): Fix {
  const { form, status, storage } = database;
  // RDS takes no less than a tenth more.
  if (status === "storage-full" && form === "instance" && storage.gigabytes !== null) {
    const more = sh`--allocated-storage ${Math.ceil(storage.gigabytes * 1.2)} --apply-immediately`;
    return { do: "Give the database more storage.", run: [`${toDatabase("modify", database)} ${more}`] };
  }
  const run = [eventsOf(database)];
  if (/^delet/.test(status)) return { do: "Restore the database from its last backup, under its name.", run };
  return { do: `Mend what made the database ${status}, which its events tell.`, run };
}
