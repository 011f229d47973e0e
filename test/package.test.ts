import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

test("what is packed runs by itself, beside nothing at all", () => {
  const folder = mkdtempSync(join(tmpdir(), "seaworthy-pack-"));
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root, encoding: "utf8" }));
  execFileSync("tar", ["xzf", packed.filename], { cwd: folder });
  const command = join(folder, "package/bin/seaworthy.js");

  const demo = spawnSync(process.execPath, [command, "demo", "healthy"], { cwd: folder, encoding: "utf8" });
  expect(demo).toMatchObject({ status: 0, stdout: expect.stringContaining("━━━ GO ━━━") });
  const list = spawnSync(process.execPath, [command, "list"], { cwd: folder, encoding: "utf8" });
  expect(list).toMatchObject({ status: 0, stdout: expect.stringContaining("alarm-notifies") });
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
  expect(dependencies).toEqual({});
}, 60_000);
