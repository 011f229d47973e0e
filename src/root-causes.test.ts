import { expect, test } from "vitest";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";
import { alarmSounds } from "../fixtures/verbs.ts";

const incidents = await loadIncidents();
const causesOf = async (name: string) => (await play(incidents.find((one) => one.name === name) ?? {})).report.rootCauses;
const update = "aws ecs update-service --cluster ohmycoins-prod-cluster --region ap-southeast-2 --service ohmycoins-prod-backend";

test("a deployment that ECS gave up is to be deployed again, once the cause is mended", async () => {
  const [cause, ...others] = await causesOf("secret-without-value");
  expect(others).toEqual([]);
  expect(cause?.fix?.run).toEqual([expect.stringMatching(/^aws secretsmanager put-secret-value /)]);
  expect(cause?.afterwards).toEqual([`${update} --force-new-deployment`]);
});

test("not where mending the cause deploys the service anyway, nor where ECS is still at it", async () => {
  const deploying = await causesOf("reference-pinned-to-old-version");
  expect(deploying[0]?.explains).toContain("deployment-landed/deployment:ohmycoins-prod-backend");
  expect(deploying[0]?.fix?.run.at(-1)).toBe(`${update} --task-definition ohmycoins-prod-backend`);
  expect(deploying[0]?.afterwards).toEqual([]);
  const [trying] = await causesOf("default-route-missing");
  expect(trying?.afterwards).toEqual([]);
});

test("an alarm over all of a load balancer goes with the service that fails behind it, one of the database has a cause of its own", async () => {
  const causesWith = async (name: string) => {
    const crash = incidents.find((one) => one.name === "application-crashes");
    const { report } = await play({
      ...crash,
      change(world, config) {
        crash?.change(world, config);
        alarmSounds(world, name, 1);
      },
    });
    return report.rootCauses.map(({ finding }) => finding);
  };
  const backend = "tasks-survive/tasks:ohmycoins-prod-backend";
  expect(await causesWith("ohmycoins-prod-alb-5xx-errors")).toEqual([backend]);
  const database = "ohmycoins-prod-rds-cpu-utilization";
  expect(await causesWith(database)).toEqual([backend, `alarm-quiet/alarm:${database}`]);
});
