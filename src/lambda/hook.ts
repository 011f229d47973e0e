import type { Scene } from "../check.ts";
import { Mistake } from "../mistake.ts";

/**
 * The event by which ECS calls a hook.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html#common-payload-structure
 */
export interface HookEvent {
  readonly executionId?: string;
  readonly lifecycleStage: string;
  readonly resourceArn: string;
  readonly executionDetails: {
    readonly serviceArn: string;
    readonly targetServiceRevisionArn: string;
    readonly testTrafficWeights?: Weights;
    readonly productionTrafficWeights?: Weights;
  };
  readonly hookDetails?: unknown;
}

/** Percentages of traffic, by the ARN of a service revision. */
export type Weights = Readonly<Record<string, number>>;

/** What an event says. */
export interface Hook {
  readonly stage: keyof typeof stages;
  readonly scene: Scene;
  /** Whether production traffic may reach what is deployed, so that its answers are worth asking for. */
  readonly served: boolean;
  readonly rollingBack: boolean;
  readonly service: string;
  readonly cluster: string;
  readonly region: string;
  readonly account: string;
  /** The ARN of the service deployment that waits. */
  readonly deployment: string;
  /** The same for every call of one stage, of one step of traffic, of one deployment. */
  readonly step: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The stages at which ECS calls a hook. Before the new tasks are there the question is what scaling up would meet.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html#lambda-hook-supported-stages
 */
const stages = {
  RECONCILE_SERVICE: { scene: "pre-scale-up", served: false },
  PRE_SCALE_UP: { scene: "pre-scale-up", served: false },
  POST_SCALE_UP: { scene: "post-deploy", served: false },
  TEST_TRAFFIC_SHIFT: { scene: "post-deploy", served: false },
  POST_TEST_TRAFFIC_SHIFT: { scene: "post-deploy", served: false },
  PRE_PRODUCTION_TRAFFIC_SHIFT: { scene: "post-deploy", served: false },
  PRODUCTION_TRAFFIC_SHIFT: { scene: "post-deploy", served: true },
  POST_PRODUCTION_TRAFFIC_SHIFT: { scene: "post-deploy", served: true },
} as const;

/** Reads an event of ECS. Throws a Mistake for what is none, and for a stage that nobody here knows. */
export function hookOf(event: unknown): Hook {
  const { lifecycleStage, resourceArn, executionDetails, hookDetails } = recordOf(event) as Partial<HookEvent>;
  const { serviceArn, targetServiceRevisionArn = "", testTrafficWeights, productionTrafficWeights } = executionDetails ?? {};
  if (typeof lifecycleStage !== "string" || typeof resourceArn !== "string" || typeof serviceArn !== "string")
    throw new Mistake(
      "The event is none of an ECS deployment lifecycle hook: it names no lifecycleStage, resourceArn and executionDetails.serviceArn",
      "Let ECS call this function, or send it an event of that shape",
    );
  if (!isStage(lifecycleStage))
    throw new Mistake(
      `The stage ${lifecycleStage} is none that this version knows`,
      `Use the hook at one of ${Object.keys(stages).join(", ")}`,
    );

  const [test, production] = [recordOf(testTrafficWeights) as Weights, recordOf(productionTrafficWeights) as Weights];
  const shifted = { TEST_TRAFFIC_SHIFT: test, PRODUCTION_TRAFFIC_SHIFT: production }[lifecycleStage as string] ?? {};
  return {
    ...{ stage: lifecycleStage, ...stages[lifecycleStage] },
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html#lifecycle-hooks-during-rollback
    rollingBack: shifted[targetServiceRevisionArn] === 0 && Object.values(shifted).some((weight) => weight > 0),
    ...placeOf(serviceArn, resourceArn),
    deployment: resourceArn,
    step: JSON.stringify([resourceArn, lifecycleStage, test, production]),
    details: detailsOf(hookDetails),
  };
}

const isStage = (name: string): name is Hook["stage"] => Object.hasOwn(stages, name);

/** A service whose ARN is of the old format names no cluster; its deployment does. */
function placeOf(serviceArn: string, resourceArn: string): Pick<Hook, "service" | "cluster" | "region" | "account"> {
  const [, region, account, path] = /^arn:[^:]+:ecs:([^:]+):(\d{12}):service\/(.+)$/.exec(serviceArn) ?? [];
  const [service, cluster = /:service-deployment\/([^/]+)\//.exec(resourceArn)?.[1]] = path?.split("/").reverse() ?? [];
  if (region && account && service && cluster) return { service, cluster, region, account };
  throw new Mistake(`${serviceArn} is no ARN of an ECS service`, "Let ECS call this function");
}

/** CloudFormation takes them as the text of a JSON object. */
function detailsOf(details: unknown): Hook["details"] {
  if (typeof details !== "string" || details === "") return recordOf(details);
  try {
    return recordOf(JSON.parse(details));
  } catch {
    throw new Mistake("hookDetails is a text that is no JSON", "Write it as an object in the service's lifecycle hook");
  }
}

/** The value, where it is an object; else an empty one. */
export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
