import { describe, expect, test } from "vitest";
import { messages } from "../../fixtures/messages.ts";
import { seaworthy } from "./seaworthy.ts";

/** `seaworthy explain -` with something on stdin. */
const explainLines = (input: string, args: readonly string[] = [], impatient = false) =>
  seaworthy(["explain", "-", ...args], { input, impatient });

const answers = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("a message", () => {
  test("is explained: its cause, what it is about, and the fix", async () => {
    const { code, stdout, stderr } = await seaworthy(["explain", "retrieved secret from Secrets Manager did not contain json key DB_URL"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("secret-json-key-missing\n");
    expect(stdout).toContain("About:  key DB_URL");
    expect(stdout).toContain("Fix:    Put the key DB_URL into the secret");
  });

  test("that leaves two causes open names both, and what tells them apart", async () => {
    const { stdout } = await seaworthy(["explain", "CannotPullContainerError: API error (404)"]);
    expect(stdout).toMatch(/^image-not-found\n/);
    expect(stdout).toContain("Or:     image-pull-denied. ");
    expect(stdout).toContain("Tell them apart: ");
  });

  test("of progress is nothing wrong", async () => {
    const { code, stdout } = await seaworthy(["explain", "(service web) has reached a steady state."]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing is wrong.")]);
  });

  test("that does not say is undetermined", async () => {
    const { code, stdout } = await seaworthy(["explain", "Task failed to start"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^undetermined\n/)]);
  });

  test("in one word is no check misspelt", async () => {
    expect((await seaworthy(["explain", "RESOURCE:MEMORY"])).stdout).toMatch(/^insufficient-cpu-memory\n/);
  });

  test("can be explained as JSON", async () => {
    const { stdout } = await seaworthy(["explain", "--reporter", "json", "Task stopped by user"]);
    expect(answers(stdout)).toEqual([
      {
        cause: "user-stopped",
        alternatives: [],
        benign: true,
        about: {},
        fix: { do: "Do nothing, or ask whoever stopped it.", run: [] },
      },
    ]);
  });

  test.for([
    [["explain", "x y", "--reporter", "jsn"], "Did you mean json?"],
    [["explain", "220", "--reporter", "json"], "seaworthy list --reporter json"],
    [["explain", " "], "There is nothing to explain"],
    [["explain", "secret-exist"], "Did you mean secret-exists?"],
  ] as const)("%j ends with 2 and says why", async ([args, says]) => {
    const { code, stdout, stderr } = await seaworthy(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(says);
  });
});

describe("lines on stdin", () => {
  test("are texts or messages in JSON, and what is no JSON is text", async () => {
    const lines = [
      '{"surface":"stoppedReason","message":"Essential container in task exited","exitCode":137}',
      '{"surface":"containerReason","message":null,"exitCode":127}',
      "(service web) has reached a steady state.",
      "",
      '{"message": broken',
      '{"exit":1}',
      '"Task stopped by user"',
    ];
    const { code, stdout, stderr } = await explainLines(lines.join("\r\n"), ["--reporter", "json"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(answers(stdout).map(({ cause }) => cause)).toEqual([
      "container-oom",
      "bad-entrypoint",
      "benign-steady-state",
      "undetermined",
      "undetermined",
      "user-stopped",
    ]);
  });

  test("are each answered by one line", async () => {
    const { stdout } = await explainLines(messages.map((known) => JSON.stringify(known)).join("\n"), ["--reporter", "json"]);
    expect(answers(stdout)).toHaveLength(messages.length);
  });

  test("are explained for people with a space between", async () => {
    const { stdout } = await explainLines("AGENT\nTask stopped by user\n");
    expect(stdout.split("\n\n").map((page) => page.split("\n")[0])).toEqual(["agent-disconnected", "user-stopped"]);
  });

  test("that are none end with 2", async () => {
    const { code, stdout, stderr } = await explainLines("\n  \n");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("There is nothing to explain");
  });

  test("may be more than their reader wants to see", async () => {
    const { code, stderr } = await explainLines("Task stopped by user\n".repeat(50_000), ["--reporter", "json"], true);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("are explained without anything of AWS", async () => {
    const { stderr: loaded } = await seaworthy(["explain", "-"], { input: "AGENT\n", env: { NODE_DEBUG: "esm,module" } });
    expect(loaded).toContain("diagnosis/messages.ts");
    expect(loaded.includes("@aws-sdk")).toBe(false);
  });
});
