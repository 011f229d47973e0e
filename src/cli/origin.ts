import { execFile } from "node:child_process";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import type { Report } from "../report.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables by which pipelines say it: GitHub Actions, GitLab, Jenkins, CodeBuild, Buildkite, CircleCI, Bitbucket, Azure. */
const people = [
  "GITHUB_ACTOR",
  "GITLAB_USER_LOGIN",
  "BUILD_USER_ID",
  "CODEBUILD_INITIATOR",
  "BUILDKITE_BUILD_CREATOR",
  "CIRCLE_USERNAME",
  "BUILD_REQUESTEDFOR",
];
const commits = [
  "GITHUB_SHA",
  "CI_COMMIT_SHA",
  "GIT_COMMIT",
  "CODEBUILD_RESOLVED_SOURCE_VERSION",
  "BUILDKITE_COMMIT",
  "CIRCLE_SHA1",
  "BITBUCKET_COMMIT",
  "BUILD_SOURCEVERSION",
];
const pages = ["CI_JOB_URL", "BUILD_URL", "CODEBUILD_PUBLIC_BUILD_URL", "BUILDKITE_BUILD_URL", "CIRCLE_BUILD_URL"];

/** Who runs this, from which commit and where: as the pipeline says, else the user and the working tree's own. Never rejects. */
export async function originOf(
  environment: Environment,
  configuration: Report["origin"]["configuration"],
  directory: string,
): Promise<Report["origin"]> {
  const first = (names: readonly string[]) => names.map((name) => environment[name]).find((value) => value) ?? null;
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = environment;
  const onGitHub = GITHUB_RUN_ID ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : null;
  return {
    by: first(people) ?? user(),
    commit: first(commits) ?? (await checkedOut(directory)),
    url: onGitHub ?? first(pages),
    configuration,
  };
}

/** Some users of containers have no name. */
function user(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

async function checkedOut(directory: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: directory, timeout: 2000 });
    return stdout.trim();
  } catch {
    return null;
  }
}
