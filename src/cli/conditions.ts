import type { NamedCheck, Scene } from "../check.ts";
import type { Config } from "../config.ts";
import type { Access } from "../connect.ts";
import { type Countdown, plan } from "../countdown.ts";
import { Mistake } from "../mistake.ts";
import type { Judging } from "../run.ts";
import type { SnapshotFile } from "../snapshot.ts";
import type { Progress } from "../wait.ts";
import type { DoorOptions } from "../web-door.ts";
import type { Options } from "./options.ts";
import { checkWords, durationOf, expecting } from "./settings.ts";
import { version } from "./version.ts";

/** One run, with all that the command line knows of it. */
export interface Undertaking {
  readonly scene: Scene;
  readonly config: Config;
  readonly checks: readonly NamedCheck[];
  readonly options: Options;
  /** How long to wait where the command line does not say. */
  readonly wait: string;
  /** Shown above the progress. */
  readonly title: string;
  readonly access: Access;
  /** The words that mean the same deployment to a later command. */
  readonly meant?: string | undefined;
  readonly origin?: Judging["origin"];
  /** Nobody wants to know what they come to. */
  readonly factsOnly?: boolean;
  /** Judged instead of asking anybody. */
  readonly snapshot?: SnapshotFile | undefined;
  /** The file in which the run is kept, and found again by later ones. */
  readonly history?: string | undefined;
  /** No deployment of anybody's is judged: what a pipeline collects by itself is left alone. */
  readonly rehearsal?: true;
  readonly clock?: () => Date;
  readonly pace?: number;
  readonly door?: DoorOptions;
  readonly onProgress?: (progress: Progress) => void;
}

/** An undertaking of which everything that the command line says is understood. */
export interface Conditions extends Undertaking {
  readonly judging: Omit<Judging, "signal">;
  readonly countdown: Countdown;
  readonly waitMs: number;
  readonly deadlineMs: number;
}

/** Understands the command line, or throws a Mistake. */
export function conditionsOf(undertaking: Undertaking): Conditions {
  const { options, scene, checks, meant, origin, clock = () => new Date() } = undertaking;
  const { only = [], skip = [], strict = false } = options;
  checkWords([...only, ...skip], checks);
  const config = expecting(undertaking.config, options);
  const countdown = plan(checks, { scene, severity: config.severity, only, skip });
  if (countdown.checks.length === 0)
    throw new Mistake("No check matched: nothing would be asked in this scene", "See which there are: seaworthy list");
  const waitMs = durationOf("--wait", options.wait ?? undertaking.wait);
  const deadlineMs = durationOf("--deadline", options.deadline ?? "60s");
  const judging = {
    config,
    scene,
    strict,
    checks,
    only,
    skip,
    version,
    clock,
    ...(meant !== undefined && { meant }),
    ...(origin && { origin }),
  };
  return { ...undertaking, judging, countdown, waitMs, deadlineMs };
}
