import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { pageOf } from "../../fixtures/verbs.ts";
import type { Answer, World } from "../../fixtures/world.ts";
import { endpoints } from "./endpoints.ts";

const good: Answer = { status: 200, body: "true" };
const bad: Answer = { status: 503, body: "starting" };

const answering = (answers: readonly Answer[]) => (world: World) => {
  pageOf(world, "api.ohmycoins.com").answers = [...answers];
};

async function faults(answers: readonly Answer[]) {
  const found = (await reading(endpoints, answering(answers))).readings["backend-health"];
  return found?.state === "known" ? found.value.attempts.map(({ fault }) => fault) : [];
}

test("a healthy endpoint is asked as often as it must succeed, and no more", async () => {
  expect(await faults([good])).toEqual([null, null, null]);
});

test("failures at first cost requests, and do not count against those that follow", async () => {
  expect(await faults([bad, good, "reset", good, good, good])).toEqual(["status", null, "reset", null, null, null]);
});

test("never more than ten requests, and none that could change nothing", async () => {
  expect(await faults([good, good, bad])).toHaveLength(9);
  expect(await faults([bad, bad, bad, bad, bad, bad, bad, good, good, good])).toHaveLength(10);
  expect(await faults([bad])).toHaveLength(8);
});

test("three silences in a row are enough", async () => {
  expect(await faults(["hang"])).toEqual(["timeout", "timeout", "timeout"]);
  expect(await faults([{ ...good, afterMs: 2500 }])).toEqual(["slow", "slow", "slow"]);
});

test("of a body the beginning is kept, with control characters spelt out", async () => {
  const found = (await reading(endpoints, answering([{ status: 500, body: `\u001b[31m\r\n${"x".repeat(1000)}` }]))).readings[
    "backend-health"
  ];
  const body = found?.state === "known" ? found.value.attempts[0]?.body : undefined;
  expect(body).toMatch(/^\\u\{1b\}\[31m\\u\{d\}\\u\{a\}x+$/);
  expect(body?.length).toBe(200);
});

test("where nothing is expected, 200 within two seconds is, three times in a row", async () => {
  const { readings, links } = await reading(endpoints, (_, config) => {
    config.endpoints = { front: { url: "http://dashboard.ohmycoins.com/", service: "ohmycoins-prod-frontend" } };
  });
  expect(readings["front"]).toMatchObject({ value: { expected: { status: 200, body: null, within: 2000, successes: 3 } } });
  expect(links).toEqual([
    ["endpoint:front", "route:dashboard.ohmycoins.com/"],
    ["endpoint:front", "traffic:ohmycoins-prod-frontend"],
    ["endpoint:front", "service:ohmycoins-prod-frontend"],
  ]);
});

test("an endpoint that was inferred may answer anything from 200 to 399", async () => {
  const config = { endpoints: { found: { url: "http://x/" } }, services: {}, inferred: ["endpoints"] } as never;
  const ask = async (status: number) => {
    const answer = async () => ({ ms: 1, outcome: "answered", status, body: "", location: null }) as const;
    const web = Object.assign(answer, { handshake: () => Promise.reject(new Error("it speaks no TLS")) });
    const input = { aws: {} as never, web, mask: (text: string) => text, subjects: ["found"], subject: "found", config, facts: {} };
    return endpoints.read(await endpoints.ask(input), input);
  };
  expect(await ask(302)).toMatchObject({ value: { attempts: [{ fault: null }, { fault: null }, { fault: null }] } });
  expect(await ask(404)).toMatchObject({ value: { attempts: expect.arrayContaining([expect.objectContaining({ fault: "status" })]) } });
});

test("what a body gives away is masked, wherever the body is cut, and so is where a redirect leads", async () => {
  const { body, why } = await firstOf([
    { status: 500, body: `${"x".repeat(180)} redis://:hunter2@cache`, headers: { location: "/?token=abc" } },
  ]);
  expect(body).toBe(`${"x".repeat(180)} redis://:[masked: a`);
  expect(why).toBe("/?token=[masked: a credential]");
  expect((await firstOf([{ status: 500, body: "no redis://:hunter2@cache" }])).body).toBe("no redis://:[masked: a password]@cache");
});

async function firstOf(answers: readonly Answer[]) {
  const found = (await reading(endpoints, answering(answers))).readings["backend-health"];
  return { body: null, why: null, ...(found?.state === "known" ? found.value.attempts[0] : {}) };
}
