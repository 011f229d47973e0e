import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { reportSchema } from "../../src/report.ts";
import { type Folder, folderOn } from "./folder.ts";

const secret = "secret:ohmycoins-prod-app-secrets";
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const line = (rest: Readonly<Record<string, string>>) => {
  const waiver = {
    check: "secret-current-version",
    subject: `"${secret}"`,
    reason: "the key ceremony is tomorrow",
    owner: "platform",
    ...rest,
  };
  return `  - { ${Object.entries({ expires: day(30), ...waiver })
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }`;
};
/** The example, with these waivers and no others. */
const waiving =
  (...lines: readonly string[]) =>
  (yaml: string) =>
    `${yaml.replace(/^waivers:\n(?: .*\n)+/m, "")}\nhistory: false\nwaivers:\n${lines.join("\n")}\n`;

async function judged(folder: Folder, world: string) {
  const ended = await folder.on(world, ["gate", "--only", "220", "--reporter", "console", "--reporter", `json:${folder.path("r.json")}`]);
  return { ...ended, report: reportSchema.parse(JSON.parse(await readFile(folder.path("r.json"), "utf8"))) };
}

describe("a waiver", { timeout: 60_000 }, () => {
  let folder: Folder | undefined;
  const deployed = async (...waivers: readonly string[]) => {
    folder = await folderOn(["healthy", "secret-without-value"], waiving(...waivers));
    return folder;
  };
  afterEach(async () => {
    await folder?.close();
    folder = undefined;
  });

  test("accepts a failure, and hides nothing of it", async () => {
    const { code, stdout, stderr, report } = await judged(await deployed(line({})), "secret-without-value");
    expect([code, stderr]).toEqual([0, ""]);
    const [finding] = report.checks.find(({ id }) => id === "secret-current-version")?.findings ?? [];
    expect(finding).toMatchObject({
      status: "fail",
      waiver: { owner: "platform" },
      fix: { run: [expect.stringContaining("put-secret-value")] },
    });
    expect(report.waivers).toEqual([
      {
        ...{
          check: "secret-current-version",
          subject: secret,
          reason: "the key ceremony is tomorrow",
          owner: "platform",
          expires: day(30),
        },
        ...{ glob: false, unknown: false, state: "used", findings: [`secret-current-version/${secret}`] },
      },
    ]);
    expect(stdout).toMatch(
      /WAIVED\n✖ secret:ohmycoins-prod-app-secrets has no AWSCURRENT version[\s\S]*waived until [\s\S]*put-secret-value/,
    );
  });

  test("that has expired accepts nothing any more, and is said", async () => {
    const { code, stderr, report } = await judged(await deployed(line({ expires: day(-1) })), "secret-without-value");
    expect(code).toBe(3);
    expect(stderr).toContain(`expired on ${day(-1)}: it no longer counts`);
    expect(report.waivers).toMatchObject([{ state: "expired", findings: [] }]);
  });

  test("that soon expires still accepts, and is said", async () => {
    const { code, stderr, report } = await judged(await deployed(line({ expires: day(3) })), "secret-without-value");
    expect(code).toBe(0);
    expect(stderr).toContain(`expires on ${day(3)}: mend what it accepts until then, or renew it`);
    expect(report.waivers).toMatchObject([{ state: "expiring" }]);
  });

  test("that accepts nothing is said, and so is a star that is none", async () => {
    const waivers = [line({}), line({ subject: '"secret:ohmycoins-*"' })];
    const { code, stderr, report } = await judged(await deployed(...waivers), "healthy");
    expect(code).toBe(0);
    expect(stderr).toContain(`on ${secret} accepts nothing: remove it, or correct its subject`);
    expect(stderr).toContain("on secret:ohmycoins-* accepts nothing: its * stands for itself");
    expect(report.waivers.map(({ state }) => state)).toEqual(["unused", "unused"]);
  });

  test("of a check that there is none of is an error, with the nearest word", async () => {
    const place = await deployed(line({ check: "secret-curent-version" }));
    const { code, stderr } = await place.on("healthy", ["gate"]);
    expect(code).toBe(2);
    expect(stderr).toContain('no check is called "secret-curent-version". Did you mean "secret-current-version"?');
  });
});

test.for([
  ["false", 5, []],
  ["true", 0, ["platform"]],
] as const)(
  "not knowing is accepted only where the waiver says so: unknown: %s",
  { timeout: 60_000 },
  async ([unknown, expected, owners]) => {
    const everything = { glob: "true", subject: '"*"', unknown };
    const waivers = ["secret-exists", "secret-current-version"].map((check) => line({ ...everything, check }));
    const folder = await folderOn(["denied-secretsmanager-describe-secret"], waiving(...waivers));
    const { code, report } = await judged(folder, "denied-secretsmanager-describe-secret");
    const [finding] = report.checks.find(({ id }) => id === "secret-current-version")?.findings ?? [];
    expect(finding).toMatchObject({ status: "unknown", because: { kind: "denied", action: "secretsmanager:DescribeSecret" } });
    expect([finding?.waiver?.owner].filter((owner) => owner !== undefined)).toEqual(owners);
    expect(code).toBe(expected);
    await folder.close();
  },
);

describe("an attestation", { timeout: 60_000 }, () => {
  test("that is absent or expired is said at sign-off, and is no error", async () => {
    const folder = await folderOn(["healthy"], (yaml) =>
      yaml
        .replace("expires: 2026-12-31\n    evidence", `expires: ${day(-1)}\n    evidence`)
        .replace("attestations: [Alembic", "attestations: [Backup was restored, Alembic"),
    );
    const args = ["sign-off", "--only", "110", "--reporter", "json"];
    const { stdout, stderr } = await folder.on("healthy", args);
    expect(stderr).toContain('nobody has attested "Backup was restored": its criterion stays open');
    expect(stderr).toContain(
      `the attestation "Alembic migrations ran against production" of developer-c@ohmycoins.com expired on ${day(-1)}`,
    );
    expect(reportSchema.parse(JSON.parse(stdout)).attestations).toMatchObject([{ state: "expired" }, { state: "absent", by: null }]);
    await folder.close();
  });
});
