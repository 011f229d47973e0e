import type { Fix } from "../check.ts";
import { type CauseId, isBenign } from "./causes.ts";
import { type About, aboutOf } from "./messages/about.ts";
import { benign } from "./messages/benign.ts";
import { capacity } from "./messages/capacity.ts";
import { configuration } from "./messages/configuration.ts";
import { deployments, launches } from "./messages/deployments.ts";
import { exits } from "./messages/exits.ts";
import { fixFor } from "./messages/fixes.ts";
import { health } from "./messages/health.ts";
import { images } from "./messages/images.ts";
import { loadBalancers } from "./messages/load-balancers.ts";
import { logs } from "./messages/logs.ts";
import { networkInterfaces } from "./messages/network-interfaces.ts";
import { placement } from "./messages/placement.ts";
import { platform } from "./messages/platform.ts";
import { roles } from "./messages/roles.ts";
import { type Alternative, firstThatFits, type Rule } from "./messages/rule.ts";
import { dissect, type Message } from "./messages/said.ts";
import { secrets } from "./messages/secrets.ts";
import { starts } from "./messages/starts.ts";
import { volumes } from "./messages/volumes.ts";

/** What a message tells. */
export interface Diagnosis {
  /** "undetermined" where the text does not say, or is cut off before it does. */
  readonly cause: CauseId | "undetermined";
  /** What the text leaves open besides, the likelier first. */
  readonly alternatives: readonly Alternative[];
  /** Nothing is wrong: a service at its work, or what somebody asked for. */
  readonly benign: boolean;
  readonly about: About;
  readonly fix: Fix & { readonly run: readonly string[] };
}

/** Causes that are named outright stand before those that a message only hints at, and what failed within before what it failed at. */
const families: readonly (readonly Rule[])[] = [
  benign,
  deployments,
  loadBalancers,
  health,
  placement,
  starts,
  volumes,
  logs,
  secrets,
  images,
  capacity,
  roles,
  networkInterfaces,
  configuration,
  platform,
  exits,
  launches,
];
/** All rules, in the order in which they are asked. */
export const rules: readonly Rule[] = families.flat();

/** Names the cause of any text that ECS, ELB, ECR, Secrets Manager, SSM or the agent prints. Never guesses. */
export function diagnose(message: Message): Diagnosis {
  const said = dissect(message);
  const rule = firstThatFits(rules, said);
  const cause = rule?.cause ?? "undetermined";
  const about = aboutOf(said);
  return { cause, alternatives: rule?.open ?? [], benign: isBenign(cause), about, fix: fixFor(cause, about) };
}
