import type { View } from "../view.ts";
import { primaryOf, type Service } from "./services.ts";
import { type Container, logGroupOf, type TaskDefinition } from "./task-definitions.ts";
import type { StoppedTask, Tasks } from "./tasks.ts";

/** Where a task that died by itself left its last words: the stream, and the ARN of its group. */
export type Spoken = { readonly task: string; readonly container: string; readonly group: string; readonly stream: string };

type Seen = { readonly services: View<Service>; readonly taskDefinitions: View<TaskDefinition> };

const most = 3;

/** The newest of a service's tasks that died by themselves and left words, and where those are. */
export function spokenIn({ service, stopped }: Tasks, { services, taskDefinitions }: Seen): readonly Spoken[] {
  const current = services.get(service);
  const primary = primaryOf(current);
  const isOwn = (task: StoppedTask) => (primary ? task.deployment === primary.id : task.taskDefinition === current.taskDefinition);
  const dead = stopped.filter((task) => isOwn(task) && task.stopCode === "EssentialContainerExited");
  return dead.slice(0, most).flatMap((task) => {
    const definition = taskDefinitions.find(task.taskDefinition);
    const container = speakerOf(task, definition?.containers ?? []);
    const group = definition && container ? logGroupOf(definition.arn, container) : null;
    // Without a prefix the stream is called after the container's id, which ECS does not tell of one on EC2.
    if (!container?.log?.prefix || group === null) return [];
    return [{ task: task.id, container: container.name, group, stream: streamOf(container.log.prefix, container, task) }];
  });
}

/** Of several containers the one that failed: the others are stopped because of it. What AWS puts beside those that are defined has no log there. */
function speakerOf({ containers }: StoppedTask, defined: readonly Container[]): Container | undefined {
  const left = containers.filter(({ name, exitCode }) => exitCode !== null && defined.some((one) => one.name === name));
  const failed = left.filter(({ exitCode }) => exitCode !== 0);
  const byItself = failed.find(({ exitCode }) => exitCode !== 137 && exitCode !== 143);
  const speaker = byItself ?? failed[0] ?? left[0];
  return defined.find(({ name }) => name === speaker?.name);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
const streamOf = (prefix: string, { name }: Pick<Container, "name">, { id }: Pick<StoppedTask, "id">) => `${prefix}/${name}/${id}`;
