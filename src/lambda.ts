import { ask } from "./cli/ask.ts";
import { conditionsOf } from "./cli/conditions.ts";
import { withOwn } from "./cli/own-checks.ts";
import { durationOf } from "./cli/settings.ts";
import { version } from "./cli/version.ts";
import type { Access } from "./connect.ts";
import { loadChecks } from "./discover.ts";
import { answerTo, type HookAnswer, progressOf } from "./lambda/answer.ts";
import { configurationFor } from "./lambda/configuration.ts";
import { type Hook, type HookEvent, hookOf, recordOf } from "./lambda/hook.ts";
import { seenIn } from "./lambda/seen.ts";
import { settingsOf } from "./lambda/settings.ts";
import { reasonOf, toldOf } from "./lambda/told.ts";
import { withinDeployment } from "./lambda/within.ts";
import { Mistake } from "./mistake.ts";
import type { DoorOptions } from "./web-door.ts";

export type { HookAnswer } from "./lambda/answer.ts";
export type { HookEvent } from "./lambda/hook.ts";

/** As much of Lambda's context as is used. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** How a hook judges, where neither its `hookDetails.seaworthy` nor the environment says otherwise. */
export interface HookOptions {
  /** The configuration's file, from the root of the bundle. */
  readonly config?: string;
  /** How long HOLD is waited for; 5m, unless stated. */
  readonly deadline?: string;
  /** Seconds until ECS calls again; 30, as ECS itself does, unless stated. */
  readonly callBackDelay?: number;
  /** Where AWS is and as whom it is asked, if not as the function's environment says. */
  readonly access?: Omit<Access, "region">;
  /** Where endpoints are to be found, if not in the open world. */
  readonly door?: DoorOptions;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly clock?: () => Date;
  /** Takes the one line that each call says, which is JSON; the function's log, unless stated. */
  readonly log?: (line: string) => void;
}

/** Answers an ECS deployment lifecycle hook. Never rejects. */
export type HookHandler = (event: HookEvent, context: Context) => Promise<HookAnswer>;

/**
 * A function for ECS deployment lifecycle hooks: GO is SUCCEEDED, NO-GO is FAILED, and HOLD is IN_PROGRESS until the deadline and FAILED then.
 * ECS rolls back where a hook throws or runs out of time as where it says FAILED, so that whatever goes wrong in here is FAILED as well, and is
 * said in the log. What is asked of a deployment that waits for the answer: docs/decisions/0010-judging-within-a-deployment.md.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
 */
export function createHandler(options: HookOptions = {}): HookHandler {
  const log = options.log ?? ((line) => process.stdout.write(`${line}\n`));
  return async (event, context) => {
    const { lifecycleStage, executionId, resourceArn } = recordOf(event) as Partial<HookEvent>;
    const asked = { seaworthy: version, stage: lifecycleStage, serviceDeployment: resourceArn, executionId };
    try {
      const hook = hookOf(event);
      if (hook.rollingBack)
        return answered(log, asked, { hookStatus: "SUCCEEDED" }, { reason: "It is being rolled back: nothing was judged" });
      const { answer, ...told } = await judged(hook, context, options);
      return answered(log, asked, answer, told);
    } catch (error) {
      const reason = error instanceof Mistake ? error.message : `seaworthy crashed, which is its own fault: ${errorOf(error)}`;
      return answered(log, asked, { hookStatus: "FAILED" }, { reason, ...(error instanceof Mistake && { remedy: error.remedy }) });
    }
  };
}

/** The function where nothing is to be stated in code: `export { handler } from "seaworthy/lambda"`. */
export const handler: HookHandler = createHandler();

async function judged(hook: Hook, context: Context, options: HookOptions) {
  const { environment = process.env, clock = () => new Date(), access, door } = options;
  const own = settingsOf(hook);
  const { endpoints, config: file = options.config } = own;
  const deadline = durationOf("The hook's deadline", own.deadline ?? options.deadline ?? "5m");
  const callBackDelay = own.callBackDelay ?? options.callBackDelay ?? 30;

  const builtIn = await loadChecks();
  const configuration = await configurationFor(hook, { file, endpoints, environment, checkIds: builtIn.map(({ id }) => id) });
  const { config } = configuration;
  const checks = withinDeployment(await withOwn(builtIn, configuration));
  const budget = budgetOf(context.getRemainingTimeInMillis());
  const conditions = conditionsOf({
    ...{ scene: hook.scene, config, checks, title: hook.stage, wait: "0", clock, access: { ...access, region: config.region } },
    ...{ options: { quiet: true, deadline: `${budget}ms` }, ...(door && { door }) },
  });
  const run = await ask(conditions, AbortSignal.timeout(budget));

  const seen = seenIn(run, hook);
  const now = clock();
  const progress = progressOf(hook, now);
  const verdict = seen === "it" ? run.report.verdict : "HOLD";
  const answer = answerTo(verdict, hook, progress, { now, deadline, callBackDelay });
  const reason = reasonOf(run.report, { seen, late: answer.hookStatus === "FAILED" });
  return { answer, reason, attempts: progress.attempts, since: progress.since, ...toldOf(run.report) };
}

/** Of the time that Lambda leaves, in milliseconds, what asking may take: the answer has to be given well before it ends. */
const budgetOf = (remaining: number) => Math.max(100, Math.floor(remaining - Math.min(4_000, remaining * 0.3)));

function answered(log: (line: string) => void, asked: object, answer: HookAnswer, told: { readonly reason: string }): HookAnswer {
  const { hookStatus } = answer;
  const level = hookStatus === "FAILED" ? "ERROR" : "INFO";
  log(JSON.stringify({ level, ...asked, hookStatus, ...("callBackDelay" in answer && { callBackDelay: answer.callBackDelay }), ...told }));
  return answer;
}

const errorOf = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
