import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { registerTaskDefinition, rollOut, service } from "../../fixtures/verbs.ts";
import { isDeploying, primaryOf, revisionsOf, type Service, services, servicesOn } from "./services.ts";

const backend = "ohmycoins-prod-backend";
const value = async (change: Parameters<typeof reading>[1] = () => {}): Promise<Service> => {
  const found = (await reading(services, change)).readings[backend];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
};

test("knows a service with its counts, its deployment and where it registers its tasks", async () => {
  const one = await value();
  expect(one).toMatchObject({ status: "ACTIVE", controller: "ECS", scheduling: "REPLICA", desired: 2, running: 2, grace: 120 });
  expect(primaryOf(one)).toMatchObject({ status: "PRIMARY", rollout: "COMPLETED" });
  expect(one.attachments).toMatchObject([{ container: "backend", port: 8000, alternate: null }]);
  expect(one.events.map(({ at }) => at)).toEqual(one.events.map(({ at }) => at).toSorted((a, b) => b.localeCompare(a)));
});

test("a deployment under way counts both revisions as in use", async () => {
  const one = await value((world) => {
    registerTaskDefinition(world, backend, () => {});
    rollOut(world, backend, { taskDefinition: `${backend}:3` });
  });
  expect(isDeploying(one)).toBe(true);
  expect(revisionsOf(one).map((arn) => arn.split("/").at(-1))).toEqual([`${backend}:3`, `${backend}:2`]);
  expect(servicesOn([one], one.deployments.at(-1)?.taskDefinition ?? "")).toEqual([one]);
});

test("a service that is not there, or was deleted, is absent; one that is refused is unknown", async () => {
  const gone = await reading(services, (world) => {
    world.ecs.services = world.ecs.services.filter(({ serviceName }) => serviceName !== backend);
  });
  expect(gone.readings).toMatchObject({ [backend]: { state: "absent" }, "ohmycoins-prod-frontend": { state: "known" } });
  const deleted = await reading(services, (world) => Object.assign(service(world, backend), { status: "INACTIVE" }));
  expect(deleted.readings[backend]).toMatchObject({ state: "absent", why: "the service was deleted" });
  const refused = await reading(services, () => {}, { denied: ["ecs:DescribeServices"] });
  expect(refused.readings[backend]).toMatchObject({ state: "unknown", kind: "denied" });
});

test("a state that nobody has met makes the service unknown, and no other", async () => {
  const { readings } = await reading(services, (world) => Object.assign(service(world, backend), { status: "PAUSED" }));
  expect(readings).toMatchObject({ [backend]: { state: "unknown", kind: "invalid" }, "ohmycoins-prod-frontend": { state: "known" } });
});

test("under an external controller the primary task set says what is deployed and where it registers", async () => {
  const one = await value((world) => {
    const { taskDefinition, loadBalancers = [] } = service(world, backend);
    const taskSet = { status: "PRIMARY", taskDefinition: taskDefinition?.replace(/:2$/, ":1"), loadBalancers: loadBalancers.slice(0, 0) };
    Object.assign(service(world, backend), { deploymentController: { type: "EXTERNAL" }, deployments: [], taskSets: [taskSet] });
  });
  expect(one).toMatchObject({ controller: "EXTERNAL", attachments: [] });
  expect(one.taskDefinition).toContain(`${backend}:1`);
  expect(primaryOf(one)).toBeNull();
});

test("leans on its subnets, its security groups and the task definitions that it runs, and its target group leans on it", async () => {
  const { links } = await reading(services);
  expect(links.filter(([from]) => from === `service:${backend}`)).toEqual([
    [`service:${backend}`, `room:${backend}`],
    ...Array(3).fill([`service:${backend}`, expect.stringMatching(/^subnet:subnet-/)]),
    [`service:${backend}`, expect.stringMatching(/^security-group:sg-/)],
    [`service:${backend}`, expect.stringContaining(`task-definition/${backend}:2`)],
  ]);
  expect(links.filter(([, to]) => to === `service:${backend}`)).toEqual([
    [expect.stringContaining("target-group:arn:"), `service:${backend}`],
  ]);
});
