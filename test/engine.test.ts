import { expect, test } from "vitest";
import type { Action, Port } from "../src/aws.ts";
import { type Check, defineCheck, type Findings, fail, type NamedCheck, on, pass, pending, presence, skip } from "../src/check.ts";
import { complete } from "../src/config.ts";
import { factsOf, plan } from "../src/countdown.ts";
import { absent, defineFact, InvalidAnswer, known, type Reading, unknown } from "../src/fact.ts";
import { gather, type Means } from "../src/gather.ts";
import { type Judgement, judge } from "../src/judge.ts";
import { discretion } from "../src/mask.ts";
import { confirmed } from "../src/moved.ts";

const config = complete({ deployment: "orchard", cluster: "trees", services: {} });
const nowhere: Port = async () => ({});
const noWeb = () => Promise.reject(new Error("no web"));
const means = (port: Port = nowhere): Means => ({
  ...{ port, web: Object.assign(noWeb, { handshake: noWeb }), config },
  ...{ clock: () => new Date(0), discretion: discretion(), signal: new AbortController().signal },
});

const scene = "post-deploy";
async function run(checks: readonly NamedCheck[], port: Port = nowhere): Promise<Judgement> {
  const countdown = plan(checks, { scene, severity: {} });
  const facts = factsOf(checks);
  const snapshot = await confirmed(await gather(facts, means(port)), facts, means(port));
  return judge(countdown, snapshot, { config, scene });
}
const statuses = ({ checks }: Judgement) =>
  Object.fromEntries(checks.flatMap(({ findings }) => findings.map(({ id, status }) => [id, status])));

/** A world of fruit: the apple is there, the pear is not, the plum cannot be read. */
const fruit = defineFact("fruit", {
  kind: "fruit",
  calls: [],
  batch: 10,
  subjects: () => ["apple", "pear", "plum"],
  ask: async () => null,
  read(_, { subject }): Reading<string> {
    if (subject === "plum") throw new InvalidAnswer("a plum is not one of them");
    return subject === "pear" ? absent("no pear grows here") : known(subject);
  },
});
const base = { title: "t", why: "w", severity: "blocker", none: skip("no fruit") } as const;
const named = (...checks: Check[]): NamedCheck[] => checks.map((check, n) => ({ ...check, id: "abc".charAt(n), order: n }));
const saying = (evaluate: () => Findings) => named(defineCheck({ ...base, about: fruit, evaluate }));
const ripe = () => pass("is ripe", { ripe: true });

test("one subject that cannot be read leaves the others known", async () => {
  const { facts } = await gather([fruit], means());
  expect(facts["fruit"]?.readings).toMatchObject({
    apple: { state: "known", at: "1970-01-01T00:00:00.000Z" },
    pear: { state: "absent" },
    plum: { state: "unknown", kind: "invalid" },
  });
});

test("a batch that is refused for one subject is asked again one by one, and a throttled one is not", async () => {
  const pears = (error: string) => {
    const asked: number[] = [];
    const fact = defineFact("pears", {
      ...{ kind: "fruit", calls: ["ecs:DescribeServices"], batch: 10, absentOn: ["NotFound"] },
      subjects: () => ["apple", "pear"],
      ask({ aws, subjects }) {
        asked.push(subjects.length);
        return aws.ecs.DescribeServices({ services: subjects });
      },
      read: () => known("ripe"),
    });
    const port: Port = async (_, input) => {
      if (JSON.stringify(input).includes("pear")) throw Object.assign(new Error(error), { name: error });
      return {};
    };
    return { asked, port, fact };
  };
  const [gone, busy] = [pears("NotFound"), pears("ThrottlingException")];
  const { facts: one } = await gather([gone.fact], means(gone.port));
  const { facts: two } = await gather([busy.fact], means(busy.port));
  expect(one["pears"]?.readings).toMatchObject({ apple: { state: "known" }, pear: { state: "absent" } });
  expect(two["pears"]?.readings).toMatchObject({ apple: { kind: "throttled" }, pear: { kind: "throttled" } });
  expect([gone.asked, busy.asked]).toEqual([[2, 1, 1], [2]]);
});

test("an absence that no check faces is unknown", async () => {
  expect(statuses(await run(saying(ripe)))).toEqual({ "a/fruit:apple": "pass", "a/fruit:pear": "unknown", "a/fruit:plum": "unknown" });
});

test("an absence that a check faces is that check's, and a skip for the others", async () => {
  const exists = defineCheck({
    ...base,
    about: presence(fruit),
    evaluate: ({ state }) => (state === "known" ? pass("exists", { state }) : fail("does not exist", {}, { do: "Plant one." })),
  });
  expect(statuses(await run(named(...saying(ripe), exists)))).toEqual({
    ...{ "a/fruit:apple": "pass", "a/fruit:pear": "skip", "a/fruit:plum": "unknown" },
    ...{ "b/fruit:apple": "pass", "b/fruit:pear": "fail", "b/fruit:plum": "unknown" },
  });
});

test("an absence is no excuse where the check that faces it saw none", async () => {
  const blind = defineCheck({ ...base, about: presence(fruit), evaluate: () => pass("is fine", { fine: true }) });
  expect(statuses(await run(named(...saying(ripe), blind)))).toMatchObject({ "a/fruit:pear": "unknown" });
});

test("what is not known ends the question, and spreads to what depends on it", async () => {
  const juice = defineFact("juice", {
    ...{ kind: "juice", calls: [], needs: [fruit] },
    subjects: ({ facts }) => facts.fruit.all(),
    ask: async () => null,
    read: () => known("sweet"),
  });
  const sweet = defineCheck({ ...base, about: juice, evaluate: () => pass("is sweet", { sweet: true }) });
  const mixed = defineCheck({ ...base, about: juice, needs: [fruit], evaluate: (_, { fruit }) => pass("is mixed", { of: fruit.all() }) });
  expect(statuses(await run(named(sweet, mixed)))).toEqual({
    ...{ "a/juice:apple": "pass", "a/fruit:pear": "unknown", "a/fruit:plum": "unknown" },
    ...{ "b/juice:apple": "unknown", "b/fruit:pear": "unknown", "b/fruit:plum": "unknown" },
  });
});

test("a reader that looks into a list which may be short says unknown, not absent", async () => {
  const search = async (...there: string[]) => {
    const basket = defineFact("basket", {
      ...{ kind: "basket", calls: [], subjects: () => there, ask: async () => null },
      read: (_, { subject }): Reading<string> =>
        subject === "plum" ? unknown("denied", "no permission") : subject === "pear" ? absent("none") : known(subject),
    });
    const fact = defineFact("fig", {
      ...{ kind: "fig", calls: [], needs: [basket], subjects: () => ["fig"], ask: async () => null },
      read: (_, { facts }): Reading<string> => (facts.basket.all().includes("fig") ? known("found") : absent("no fig in it")),
    });
    return (await gather([fact], means())).facts["fig"]?.readings["fig"];
  };
  expect(await search("apple", "plum")).toMatchObject({ state: "unknown", kind: "denied" });
  expect(await search("apple", "pear")).toMatchObject({ state: "absent", why: "no fig in it" });
});

test("where one fact says absent and another cannot tell, what depends on both does not know", async () => {
  const thing = (id: string, reading: Reading<string>) =>
    defineFact(id, { kind: "thing", calls: [], subjects: () => ["x"], ask: async () => null, read: () => reading });
  const needs = [thing("denied", unknown("denied", "no permission")), thing("gone", absent("there is none"))];
  const both = defineFact("both", { kind: "both", calls: [], needs, subjects: () => [], ask: async () => null, read: () => known(1) });
  const { facts } = await gather([both], means());
  expect(facts["both"]?.missing).toMatchObject([{ subject: "thing:x", reading: { state: "unknown" } }]);
});

test.each([
  ["crashes", () => JSON.parse("{") as Findings, "the check crashed: SyntaxError"],
  ["passes without evidence", () => pass("is fine", {}), "it passed without evidence"],
  ["says nothing", () => [] as unknown as Findings, "it said nothing"],
  ["says it later", () => Promise.resolve(ripe()) as unknown as Findings, "it said something that is no finding"],
  ["says two things of one subject", () => [pass("is", { a: 1 }), skip("is not")] as const, "it said two things"],
])("a check that %s is unknown, and the fault is ours", async (_, evaluate, why) => {
  const [finding] = (await run(saying(evaluate))).checks[0]?.findings ?? [];
  expect(finding).toMatchObject({ status: "unknown", because: { kind: "internal", why: expect.stringContaining(why) } });
});

test("two findings by one name are neither, though they come from different parts", async () => {
  const grove = defineFact("grove", {
    kind: "tree",
    calls: [],
    subjects: () => ["old", "young"],
    ask: async () => null,
    read: () => known(true),
  });
  const says = { old: pass("is green", { green: true }), young: pass("is brown", { green: false }) };
  const evaluate = (_: unknown, __: unknown, { name }: { name: string }) => on("leaf:1", says[name as "old" | "young"]);
  const { checks } = await run(named(defineCheck({ ...base, about: grove, evaluate })));
  expect(checks[0]?.findings).toMatchObject([{ id: "a/leaf:1", status: "unknown", because: { kind: "internal" } }]);
});

test("nothing to ask about is what `none` says it is, and never GO", async () => {
  const dodo = defineFact("dodo", { kind: "dodo", calls: [], subjects: () => [], ask: async () => null, read: () => known(1) });
  const judgement = await run(named(defineCheck({ ...base, about: dodo, evaluate: ripe })));
  expect(judgement).toMatchObject({
    verdict: "HOLD",
    checks: [{ findings: [{ status: "skip", says: "no fruit", subject: "deployment:orchard" }] }],
  });
});

test("a thing that AWS knows by a long id is read by it and shown by its name, once", async () => {
  const asked: string[] = [];
  const tree = defineFact("tree", {
    ...{ kind: "tree", calls: [], subjects: () => ["id:oak", "oak"] },
    ask: async ({ subject }) => asked.push(subject),
    read: () => known("tall"),
    name: (subject) => subject.replace("id:", ""),
    links: (_, name) => [[`tree:${name}`, "soil:1"]],
  });
  const nest = defineFact("nest", {
    ...{ kind: "nest", calls: [], needs: [tree], subjects: () => ["n"], ask: async () => null },
    read: (_, { facts }): Reading<string> => known(facts.tree.get("id:oak") + facts.tree.get("oak")),
  });
  const { facts } = await gather([nest], means());
  expect(facts["tree"]).toMatchObject({
    readings: { oak: { value: "tall" } },
    names: { "id:oak": "oak" },
    links: [["tree:oak", "soil:1"]],
  });
  expect(facts["nest"]?.readings["n"]).toMatchObject({ value: "talltall" });
  expect(asked.sort()).toEqual(["id:oak", "oak"]);
});

test("two different things of one name keep apart", async () => {
  const twin = defineFact("twin", {
    ...{ kind: "twin", calls: [], subjects: () => ["a/x", "b/x"], ask: async ({ subject }) => subject },
    read: (answer) => known(answer),
    name: (subject) => subject.slice(2),
  });
  const { facts } = await gather([twin], means());
  expect(facts["twin"]?.readings).toMatchObject({ x: { value: "a/x" }, "b/x": { value: "b/x" } });
});

test("waiting asks again only what is volatile or not known", async () => {
  const asked: string[] = [];
  const leaf = (id: string, volatile: boolean, reading: Reading<string>) =>
    defineFact(id, { kind: id, calls: [], volatile, subjects: () => ["x"], ask: async () => asked.push(id), read: () => reading });
  const facts = [
    leaf("steady", false, known("1")),
    leaf("moving", true, known("1")),
    leaf("refused", false, unknown("denied", "no")),
    leaf("gone", false, absent("no")),
  ];
  const earlier = await gather(facts, means());
  asked.length = 0;
  await gather(facts, { ...means(), earlier, keep: "steady" });
  expect(asked.sort()).toEqual(["gone", "moving", "refused"]);
  asked.length = 0;
  expect(await gather(facts, { ...means(), earlier, keep: "all" })).toEqual(earlier);
  expect(asked).toEqual([]);
});

test("what changed between the first and the last call is moved, and so is what leans on it", async () => {
  let size = 0;
  const tree = defineFact("tree", {
    ...{ kind: "tree", calls: [], batch: 2, volatile: true, subjects: () => ["still", "growing"], ask: async () => size++ },
    read: (answer, { subject }) => known(subject === "growing" ? answer : 1),
    identity: (value) => value,
  });
  const nest = defineFact("nest", {
    kind: "nest",
    calls: [],
    subjects: () => ["still", "growing"],
    ask: async () => null,
    read: () => known(1),
  });
  const check = defineCheck({
    ...base,
    about: nest,
    needs: [tree],
    evaluate: (_, { tree }, { name }) => pass("holds", { of: tree.get(name) }),
  });
  const judgement = await run(named(check));
  expect(statuses(judgement)).toEqual({ "a/nest:still": "pass", "a/nest:growing": "unknown" });
  expect(judgement.checks[0]?.findings).toMatchObject([{ because: { kind: "moved" } }, { status: "pass" }]);
});

test("a question that nobody answers ends with the round, and is named", async () => {
  const call = "ecs:DescribeServices" as const;
  const deaf = defineFact("deaf", {
    ...{ kind: "deaf", calls: [call], subjects: () => ["x"] },
    ask: ({ aws }) => aws.ecs.DescribeServices({ services: [] }),
    read: () => known(1),
  });
  const lost = defineFact("lost", {
    kind: "lost",
    calls: [],
    subjects: () => ["x"],
    ask: () => new Promise(() => {}),
    read: () => known(1),
  });
  const limit = new AbortController();
  const port: Port = (_, __, options) =>
    new Promise((_, reject) => options?.signal?.addEventListener("abort", () => reject(options.signal?.reason)));
  const gathering = gather([deaf, lost], { ...means(port), signal: limit.signal });
  await new Promise(setImmediate);
  limit.abort(new DOMException("time ran out", "TimeoutError"));
  const { facts } = await gathering;
  expect(facts["deaf"]?.readings["x"]).toMatchObject({ state: "unknown", kind: "timeout", action: call });
  expect(facts["lost"]?.readings["x"]).toMatchObject({ state: "unknown", kind: "timeout" });
});

test("each fact is asked once, however many lead to it", async () => {
  const asked: Action[] = [];
  const port: Port = async (action) => {
    asked.push(action);
    return { Account: "1", Arn: "a" };
  };
  const root = defineFact("root", {
    ...{ kind: "root", calls: ["sts:GetCallerIdentity"], subjects: () => ["x"] },
    ask: ({ aws }) => aws.sts.GetCallerIdentity({}),
    read: () => known(1),
  });
  const branch = (id: string) =>
    defineFact(id, { kind: id, calls: [], needs: [root], subjects: () => ["x"], ask: async () => null, read: () => known(1) });
  await gather([branch("left"), branch("right"), root], means(port));
  expect(asked).toEqual(["sts:GetCallerIdentity"]);
});

test("what may still come true holds a GO back, and a waiver takes a failure out of it", async () => {
  const fruits = (status: "pending" | "fail") =>
    saying(() => (status === "pending" ? pending("is green", {}) : fail("is rotten", {}, { do: "Throw it away." })));
  expect(await run(fruits("pending"))).toMatchObject({ verdict: "HOLD" });
  const waivers = [{ check: "a", subject: "fruit:apple", reason: "cider", owner: "cellar", expires: "1970-01-01" }];
  const checks = fruits("fail");
  const judged = judge(plan(checks, { scene, severity: {} }), await gather([fruit], means()), { config: { ...config, waivers }, scene });
  expect(judged).toMatchObject({ verdict: "HOLD", counts: { waived: 1, unknown: 2, fail: 0 } });
  expect(judged.checks[0]?.findings.find(({ subject }) => subject === "fruit:apple")).toMatchObject({
    status: "fail",
    waiver: { owner: "cellar" },
  });
});
