import { expect, test } from "vitest";
import { loadWorlds } from "../../../fixtures/demo.ts";
import { play } from "../../../fixtures/play.ts";
import { graphOf } from "./graph.ts";
import { labelOf, short } from "./labels.ts";
import { placed } from "./layout.ts";

const worlds = await loadWorlds();
const size = { width: 146, above: 14, frame: 56, below: 21 };

test.for(["healthy", "secret-without-value", "alarms-notify-nobody", "nat-gateways-deleted"])(
  "%s: nothing covers anything, no arrow runs through a frame, and all arrows lead to the right",
  async (name) => {
    const { report } = await play(worlds.find((one) => one.name === name) ?? {});
    const graph = graphOf(report);
    const { boxes, lines, width, height } = placed(graph, () => size);
    const frames = [...boxes.values()];
    for (const [n, one] of frames.entries()) {
      expect(one.left >= 0 && one.top - size.above >= 0 && one.left + one.width <= width && one.top + one.height <= height).toBe(true);
      const over = frames
        .slice(n + 1)
        .filter((other) => other.left === one.left && Math.abs(other.top - one.top) < size.above + size.frame + size.below);
      expect(over).toEqual([]);
    }
    for (const points of lines.values()) {
      expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((one, other) => one - other));
      const within = points
        .slice(1, -1)
        .filter(({ x, y }) => frames.some((box) => x >= box.left && x <= box.left + box.width && y > box.top && y < box.top + box.height));
      expect(within).toEqual([]);
    }
  },
);

test("the same graph has the same places", async () => {
  const { report } = await play(worlds.find(({ name }) => name === "deployment-stuck") ?? {});
  const layout = () => [...placed(graphOf(report), () => size).boxes.values()];
  expect(layout()).toEqual(layout());
});

test("a name is shown without what every name begins with, and a long one without its middle", () => {
  const node = { id: "n1", kind: "secret", parts: [], sign: "pass", findings: [], root: null, watchers: [] } as const;
  const linesOf = (name: string) => labelOf({ ...node, subjects: [`secret:${name}`] }, "shop", 12).lines;
  expect(linesOf("shop-app-secrets")).toEqual(["app-secrets"]);
  expect(linesOf("shop")).toEqual(["shop"]);
  expect(linesOf("shopping-list")).toEqual(["shopping-", "list"]);
  expect(linesOf("/ecs/a-very-long-name-of-a-log-group")).toEqual(["/ecs/a-very-", "long-…group"]);
  expect(short("39e917d297791c821d80a6369a7c2020", "shop")).toBe("39e917d2…");
  for (const name of ["🚀".repeat(500), "x".repeat(2 ** 20)]) expect(linesOf(name).every((line) => [...line].length <= 12)).toBe(true);
});
