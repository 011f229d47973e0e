import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { vpc } from "../../fixtures/ohmycoins/names.ts";
import type { World } from "../../fixtures/world.ts";
import { networkAcls } from "./network-acls.ts";

async function value(change: (world: World) => void = () => {}) {
  const found = (await reading(networkAcls, change)).readings[vpc];
  if (found?.state !== "known") throw new Error(`not known: ${found?.why}`);
  return found.value;
}

test("a network ACL's rules come in the order in which they decide", async () => {
  const [acl] = await value(({ ec2 }) => {
    for (const { Entries } of ec2.networkAcls) Entries?.reverse();
  });
  expect(acl?.rules.map(({ number, direction, allow }) => [number, direction, allow])).toEqual([
    [100, "out", true],
    [100, "in", true],
    [32767, "out", false],
    [32767, "in", false],
  ]);
});
