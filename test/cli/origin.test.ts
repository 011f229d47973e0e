import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { originOf } from "../../src/cli/origin.ts";

const sha = "3f4021a0c0ffee3f4021a0c0ffee3f4021a0c0ff";
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  [
    "GitHub Actions",
    {
      ...{ GITHUB_ACTOR: "ann", GITHUB_SHA: sha, GITHUB_SERVER_URL: "https://github.com" },
      ...{ GITHUB_REPOSITORY: "shop/api", GITHUB_RUN_ID: "42" },
    },
    "https://github.com/shop/api/actions/runs/42",
  ],
  [
    "GitLab",
    { GITLAB_USER_LOGIN: "ann", CI_COMMIT_SHA: sha, CI_JOB_URL: "https://gitlab.example/jobs/42" },
    "https://gitlab.example/jobs/42",
  ],
  ["Jenkins", { BUILD_USER_ID: "ann", GIT_COMMIT: sha, BUILD_URL: "https://jenkins.example/42/" }, "https://jenkins.example/42/"],
  ["CodeBuild", { CODEBUILD_INITIATOR: "ann", CODEBUILD_RESOLVED_SOURCE_VERSION: sha }, null],
])("on %s the pipeline says who, what and where", async (_, environment, url) => {
  expect(await originOf(environment, null, folder)).toEqual({ by: "ann", commit: sha, url, configuration: null });
});

test("elsewhere it is the user, and the commit of the working tree", async () => {
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" }).trim();
  const configuration = { file: "seaworthy.config.yaml", lines: { services: 3 } };
  expect(await originOf({}, configuration, folder)).toEqual({ by: userInfo().username, commit: null, url: null, configuration });
  git("init", "-q");
  git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Begin");
  expect((await originOf({}, null, folder)).commit).toBe(git("rev-parse", "HEAD"));
});

test("in a folder that is gone it says nothing of the commit, and does not fail", async () => {
  expect((await originOf({}, null, join(folder, "gone"))).commit).toBeNull();
});
