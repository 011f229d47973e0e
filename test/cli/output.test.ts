import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeWhole } from "../../src/cli/output.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a file is written whole, its folders are made, and nothing is left beside it", async () => {
  const path = join(folder, "a/b/report.json");
  await writeWhole(path, "first");
  await writeWhole(path, "second");
  expect(await readFile(path, "utf8")).toBe("second");
  expect(await readdir(join(folder, "a/b"))).toEqual(["report.json"]);
});

test("what cannot be written leaves the earlier file, and nothing beside it", async () => {
  const path = join(folder, "folder");
  await writeWhole(join(path, "inside"), "x");
  await expect(writeWhole(path, "text")).rejects.toThrow("EISDIR");
  await expect(writeWhole(join(path, "inside/deeper"), "text")).rejects.toThrow("ENOTDIR");
  expect(await readdir(path)).toEqual(["inside"]);
});

test("a folder that cannot be made is an error, not a wait without end", async () => {
  await expect(writeWhole("/proc/nowhere/report.json", "text")).rejects.toThrow("ENOENT");
});

test("the trap: a device is written to and not replaced, a link stays a link, a mode is kept", async () => {
  await writeWhole("/dev/null", "text");
  expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  const [target, link] = [join(folder, "target"), join(folder, "link")];
  await writeFile(target, "before");
  await chmod(target, 0o600);
  await symlink(target, link);
  await writeWhole(link, "after");
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(target, "utf8")).toBe("after");
  expect((await stat(target)).mode & 0o777).toBe(0o600);
});
