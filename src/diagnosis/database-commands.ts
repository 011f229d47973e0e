import { sh } from "../check.ts";
import type { Database } from "../facts/database-types.ts";

type Named = Pick<Database, "form" | "name">;

const kindOf = ({ form }: Named) => (form === "cluster" ? "db-cluster" : "db-instance");
const named = (one: Named) => sh`--${kindOf(one)}-identifier ${one.name}`;

/** The command that does something to a database, be it an instance or a cluster; more of it may follow. */
export const toDatabase = (verb: "start" | "stop" | "modify", one: Named): string => `aws rds ${verb}-${kindOf(one)} ${named(one)}`;

/** The command that returns when a database is available. */
export const untilAvailable = (one: Named): string => `aws rds wait ${kindOf(one)}-available ${named(one)}`;

/** The command that tells what happened to a database today. */
export const eventsOf = (one: Named): string =>
  sh`aws rds describe-events --source-type ${kindOf(one)} --source-identifier ${one.name} --duration 1440`;
