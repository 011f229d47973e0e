import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { securityGroup, vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { securityGroups } from "./security-groups.ts";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(securityGroups, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("a security group is known with what it lets in and out, and from whom", async () => {
  const groups = await value();
  expect(groups.find(({ id }) => id === securityGroup("postgres"))).toEqual({
    id: securityGroup("postgres"),
    name: "ohmycoins-prod-postgres",
    in: [{ protocol: "tcp", ports: [5432, 5432], cidrs: [], groups: [securityGroup("ohmycoins-prod-backend tasks")], prefixLists: [] }],
    out: [{ protocol: "all", ports: null, cidrs: ["0.0.0.0/0"], groups: [], prefixLists: [] }],
  });
});
