import { describe, expect, test } from "vitest";
import { type Check, defineCheck, fail, type NamedCheck, pass, pending, skip } from "./check.ts";
import { complete } from "./config.ts";
import { plan } from "./countdown.ts";
import { defineFact, InvalidAnswer, known, unknown } from "./fact.ts";
import { Interrupted } from "./failure.ts";
import { discretion } from "./mask.ts";
import { converge, type Job, type Progress } from "./wait.ts";

const base = { title: "t", why: "w", none: skip("nothing") } as const;
const config = complete({ deployment: "d", cluster: "c", services: {} });

/** A fact that says one thing after the other, the last for ever. */
function saying(id: string, ...values: string[]) {
  const asked = { times: 0 };
  const fact = defineFact(id, {
    ...{ kind: id, calls: [], volatile: true, subjects: () => ["x"] },
    ask: async () => values[Math.min(asked.times++, values.length - 1)] ?? "",
    read: (said) => (said === "throttled" || said === "denied" || said === "network" ? unknown(said, "not today") : known(said)),
  });
  return { fact, asked };
}

const judged = (said: string) => {
  if (said === "moving") return pending("is moving", {});
  return said === "good" ? pass("is good", { said }) : fail("is bad", { said }, { do: "Mend it." });
};
const about = (fact: ReturnType<typeof saying>["fact"], severity: Check["severity"] = "blocker", more: Partial<Check> = {}) =>
  ({ ...defineCheck({ ...base, severity, about: fact, evaluate: judged }), id: fact.id, order: 100, ...more }) as NamedCheck;

const noWeb = () => Promise.reject(new InvalidAnswer("no web"));
function job(checks: readonly NamedCheck[], more: Partial<Job> = {}): Job {
  return {
    ...{ countdown: plan(checks, { scene: "post-deploy", severity: {} }), config, scene: "post-deploy" as const },
    ...{ port: async () => ({}), web: Object.assign(noWeb, { handshake: noWeb }), clock: () => new Date() },
    ...{ deadline: 5_000, wait: 5_000, pace: 1, discretion: discretion(), signal: new AbortController().signal, ...more },
  };
}

describe("waiting", () => {
  test("asks again what is still moving, until it has come true, and then all that moves once more", async () => {
    const [slow, quick] = [saying("slow", "moving", "moving", "good"), saying("quick", "good")];
    const { judgement, waiting, attempts } = await converge(job([about(slow.fact), about(quick.fact)]));
    expect(judgement.verdict).toBe("GO");
    expect(waiting).toMatchObject([{ pending: ["slow/slow:x"] }, { pending: ["slow/slow:x"] }]);
    expect([slow.asked.times, quick.asked.times]).toEqual([4, 2]);
    expect(attempts).toEqual(
      new Map([
        ["slow", 4],
        ["quick", 2],
      ]),
    );
  });

  test("never says GO on what was good before the wait and is not any more", async () => {
    const [slow, fickle] = [saying("slow", "moving", "good"), saying("fickle", "good", "bad")];
    const { judgement } = await converge(job([about(slow.fact), about(fickle.fact)]));
    expect(judgement.verdict).toBe("NO-GO");
  });

  test.each([
    ["a blocker that fails", ["bad"], "NO-GO"],
    ["a refusal, which no waiting mends", ["denied"], "HOLD"],
    ["all is well", ["good"], "GO"],
  ])("stops at once for %s", async (_, said, verdict) => {
    const one = saying("one", ...said);
    const { judgement, waiting } = await converge(job([about(one.fact)]));
    expect([judgement.verdict, one.asked.times, waiting]).toEqual([verdict, 1, []]);
  });

  test("stops at once when something that was moving fails", async () => {
    const [slow, stuck] = [saying("slow", "moving", "bad"), saying("stuck", "moving")];
    const { judgement, waiting } = await converge(job([about(slow.fact), about(stuck.fact)]));
    expect([judgement.verdict, waiting.length]).toEqual(["NO-GO", 1]);
  });

  test("goes on for what was throttled", async () => {
    const one = saying("one", "throttled", "good");
    expect((await converge(job([about(one.fact)]))).judgement.verdict).toBe("GO");
  });

  test("is not prolonged by a warning that is moving", async () => {
    const [good, slow] = [saying("good", "good"), saying("slow", "moving")];
    const { judgement, waiting } = await converge(job([about(good.fact), about(slow.fact, "warning")]));
    expect([judgement.verdict, slow.asked.times, waiting]).toEqual(["GO", 1, []]);
  });

  test("ends in HOLD when time runs out, with every attempt told", async () => {
    const slow = saying("slow", "moving");
    const { judgement, waiting, attempts } = await converge(job([about(slow.fact)], { wait: 30 }));
    expect(judgement.verdict).toBe("HOLD");
    expect(waiting).toHaveLength(attempts.get("slow") ?? 0);
    expect(waiting.length).toBeGreaterThan(1);
  });

  test("asks once when there is no time to wait", async () => {
    const slow = saying("slow", "moving");
    const { judgement, waiting } = await converge(job([about(slow.fact)], { wait: 0 }));
    expect([judgement.verdict, slow.asked.times, waiting.length]).toEqual(["HOLD", 1, 1]);
  });
});

describe("what comes first", () => {
  const first = (said: string) => about(saying("first", said).fact, "blocker", { first: true });

  test.each([
    ["bad", "NO-GO"],
    ["denied", "HOLD"],
  ])("asks nothing else when it is %s, and leaves nothing out", async (said, verdict) => {
    const other = saying("other", "good");
    const ask = defineFact("call", {
      ...{ kind: "call", calls: ["sts:GetCallerIdentity"], subjects: () => ["x"] },
      ask: ({ aws }) => aws.sts.GetCallerIdentity({}),
      read: () => known("good"),
    });
    const asked: string[] = [];
    const port: Job["port"] = async (action) => asked.push(action);
    const { judgement } = await converge(job([first(said), about(other.fact), about(ask as never)], { port }));
    expect(judgement.verdict).toBe(verdict);
    expect(asked).toEqual([]);
    expect(judgement.checks.find(({ id }) => id === "call")?.findings).toMatchObject([{ status: "unknown", because: { kind: "unasked" } }]);
  });

  test.each([
    ["network", 1],
    ["throttled", 2],
  ])("is asked again while it is %s only if time can mend that", async (said, times) => {
    const one = saying("first", said, "good");
    const { judgement } = await converge(job([about({ ...one.fact, volatile: false }, "blocker", { first: true })]));
    expect([judgement.verdict, one.asked.times]).toEqual([times === 1 ? "HOLD" : "GO", times]);
  });

  test("is asked once when it passes", async () => {
    const [one, other] = [saying("first", "good"), saying("other", "moving", "good")];
    const opening = { ...one.fact, volatile: false };
    const { judgement } = await converge(job([about(opening, "blocker", { first: true }), about(other.fact)]));
    expect([judgement.verdict, one.asked.times]).toEqual(["GO", 1]);
  });
});

describe("what moves while it is looked at", () => {
  const moving = () => {
    const { fact } = saying("moving", "first", "second", "good");
    return { ...about({ ...fact, identity: (said: string) => said }), evaluate: (said: unknown) => pass("is there", { said: `${said}` }) };
  };

  test("is not judged as it was, however good that looked", async () => {
    const { judgement } = await converge(job([moving()], { wait: 0 }));
    expect(judgement).toMatchObject({ verdict: "HOLD", checks: [{ findings: [{ status: "unknown", because: { kind: "moved" } }] }] });
  });

  test("is asked again until it stays", async () => {
    const { judgement, waiting } = await converge(job([moving()]));
    expect([judgement.verdict, waiting.length]).toEqual(["GO", 1]);
  });
});

test("a question that is never answered leaves time to ask at the end whether anything moved", async () => {
  const still = { ...saying("still", "good").fact, identity: (said: string) => said };
  const deaf = defineFact("deaf", {
    kind: "deaf",
    calls: [],
    subjects: () => ["x"],
    ask: () => new Promise(() => {}),
    read: () => known("good"),
  });
  const { judgement } = await converge(job([about(still), about(deaf, "warning")], { deadline: 300, wait: 0 }));
  expect(judgement).toMatchObject({ verdict: "GO", checks: [{ status: "pass" }, { status: "unknown" }] });
});

describe("an interruption", () => {
  test("ends the wait, and what was asked stands", async () => {
    const interruption = new AbortController();
    const slow = saying("slow", "moving");
    const onProgress = ({ type }: Progress) => type === "waiting" && interruption.abort(new Interrupted("SIGINT"));
    const { judgement } = await converge(job([about(slow.fact)], { signal: interruption.signal, onProgress, pace: 10_000 }));
    expect(judgement.checks[0]?.findings).toMatchObject([{ status: "pending" }]);
  });

  test("before anything was asked leaves everything unasked", async () => {
    const slow = saying("slow", "good");
    const { judgement } = await converge(job([about(slow.fact)], { signal: AbortSignal.abort(new Interrupted("SIGTERM")) }));
    expect(judgement).toMatchObject({ verdict: "HOLD", checks: [{ findings: [{ status: "unknown", because: { kind: "unasked" } }] }] });
  });
});
