import { expect, test } from "vitest";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play } from "../fixtures/play.ts";

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
