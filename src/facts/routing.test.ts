import { describe, expect, test } from "vitest";
import { fc, property } from "../../test/property.ts";
import {
  type Action,
  actionOf,
  type Condition,
  type Entrance,
  meets,
  type Rule,
  routeOf,
  routeSubject,
  ruleText,
  shareOf,
} from "./routing.ts";

const host = (...values: string[]): Condition => ({ field: "host-header", values, regexes: [] });
const path = (...values: string[]): Condition => ({ field: "path-pattern", values, regexes: [] });
const other = (field: Condition["field"], ...values: string[]): Condition => ({ field, values, regexes: [] });
const to = (...groups: (string | [string, number])[]): Action => ({
  type: "forward",
  authenticates: false,
  groups: groups.map((group) => (typeof group === "string" ? { arn: group, weight: 1 } : { arn: group[0], weight: group[1] })),
});
const answer = (status: string): Action => ({ type: "fixed-response", authenticates: false, status });
const redirect = (parts: { protocol?: string; port?: string; host?: string; path?: string }): Action => ({
  ...{ type: "redirect", authenticates: false, protocol: "#{protocol}", port: "#{port}", host: "#{host}", path: "/#{path}" },
  ...parts,
});
const rule = (priority: number | null, action: Action, ...conditions: Condition[]): Rule => ({
  arn: `rule-${priority}`,
  priority,
  conditions,
  action,
});
const at = (port: number, ...rules: Rule[]): Entrance => ({
  name: `alb:${port}`,
  arn: `listener-${port}`,
  loadBalancer: "alb",
  port,
  protocol: port === 443 ? "HTTPS" : "HTTP",
  rules,
});
const api = { port: 80, host: "api.example.com", path: "/v1/health" };

describe("which rule takes a request", () => {
  test.each<[string, Condition[], "yes" | "no" | "maybe"]>([
    ["no condition at all", [], "yes"],
    ["its host", [host("api.example.com")], "yes"],
    ["its host in another case", [host("API.Example.COM")], "yes"],
    ["another host", [host("www.example.com")], "no"],
    ["one of several hosts", [host("www.example.com", "api.example.com")], "yes"],
    ["a host with a wildcard", [host("*.example.com")], "yes"],
    ["a wildcard that wants one more label", [host("*.api.example.com")], "no"],
    ["a question mark for one character", [host("ap?.example.com")], "yes"],
    ["a question mark for none", [host("api?.example.com")], "no"],
    ["a dot is a dot", [host("api.exampleXcom")], "no"],
    ["its path", [path("/v1/health")], "yes"],
    ["its path in another case", [path("/V1/health")], "no"],
    ["a path that goes on", [path("/v1")], "no"],
    ["a path with a wildcard", [path("/v1/*")], "yes"],
    ["a wildcard for nothing", [path("/v1/health*")], "yes"],
    ["a final slash that it lacks", [path("/v1/health/")], "no"],
    ["host and path", [host("api.example.com"), path("/v1/*")], "yes"],
    ["host but not path", [host("api.example.com"), path("/v2/*")], "no"],
    ["GET", [other("http-request-method", "GET", "HEAD")], "yes"],
    ["another method", [other("http-request-method", "POST")], "maybe"],
    ["a header", [other("http-header", "X-Origin-Verify")], "maybe"],
    ["a query", [other("query-string", "debug")], "maybe"],
    ["some addresses", [other("source-ip", "10.0.0.0/8")], "maybe"],
    ["all addresses", [other("source-ip", "0.0.0.0/0", "::/0")], "yes"],
    ["another host and a header", [other("http-header", "X"), host("www.example.com")], "no"],
    ["an expression for all of the path", [{ field: "path-pattern", values: [], regexes: ["/v[0-9]+/.*"] }], "yes"],
    ["an expression for a part of it", [{ field: "path-pattern", values: [], regexes: ["v[0-9]+"] }], "maybe"],
    ["an expression for something else", [{ field: "path-pattern", values: [], regexes: ["^/v9/.*$"] }], "no"],
    ["an expression in a grammar that is not ours", [{ field: "host-header", values: [], regexes: ["(?i)api"] }], "maybe"],
  ])("%s: %j is %s", (_, conditions, met) => {
    expect(meets(api, { conditions })).toBe(met);
  });

  const text = fc.string({ unit: fc.constantFrom(..."abcXYZ019-._$~+()[]^|\\/"), maxLength: 20 });

  property.prop([text])("a path without wildcards is met by itself alone", (some) => {
    expect(meets({ ...api, path: some }, rule(1, answer("200"), path(some)))).toBe("yes");
    expect(meets({ ...api, path: `${some}x` }, rule(1, answer("200"), path(some)))).toBe("no");
  });

  property.prop([text, text, text])("a star stands for anything, and nothing", (before, between, after) => {
    expect(meets({ ...api, path: before + between + after }, rule(1, answer("200"), path(`${before}*${after}`)))).toBe("yes");
  });

  property.prop([text])("the case of a host never matters", (some) => {
    expect(meets({ ...api, host: some.toUpperCase() }, rule(1, answer("200"), host(some.toLowerCase())))).toBe("yes");
  });
});

describe("where a request ends up", () => {
  test("at the first rule that takes it", () => {
    const { steps, end } = routeOf(api, [
      at(80, rule(5, to("early"), path("/v1/*")), rule(10, to("mine"), host(api.host)), rule(null, answer("404"))),
    ]);
    expect(end).toEqual({ to: "targets", groups: [{ arn: "early", weight: 1 }] });
    expect(steps.map((step) => step.rule.priority)).toEqual([5]);
  });

  test("at the default rule where no other takes it", () => {
    expect(routeOf(api, [at(80, rule(10, to("mine"), host("www.example.com")), rule(null, answer("404")))]).end).toEqual({
      to: "answer",
      status: "404",
    });
  });

  test("past a rule that only some requests meet, which is said", () => {
    const { steps, end } = routeOf(api, [at(80, rule(5, answer("403"), other("source-ip", "10.0.0.0/8")), rule(null, to("mine")))]);
    expect(end.to).toBe("targets");
    expect(steps[0]?.undecided.map(ruleText)).toEqual(["rule 5 (source-ip 10.0.0.0/8)"]);
  });

  test("behind a redirect from HTTP to HTTPS", () => {
    const entrances = [
      at(80, rule(null, redirect({ protocol: "HTTPS", port: "443" }))),
      at(443, rule(10, to("mine"), host(api.host)), rule(null, answer("404"))),
    ];
    const { steps, end } = routeOf(api, entrances);
    expect(end).toMatchObject({ to: "targets", groups: [{ arn: "mine" }] });
    expect(steps.map((step) => step.at.name)).toEqual(["alb:80", "alb:443"]);
  });

  test("at a redirect's new path, with the old one in it", () => {
    const moved = rule(1, redirect({ path: "/new/#{path}" }), path("/v1/*"));
    expect(routeOf(api, [at(80, moved, rule(2, to("mine"), path("/new/v1/health")), rule(null, answer("404")))]).end.to).toBe("targets");
  });

  test("nowhere, where a redirect leads to a port that speaks another protocol", () => {
    // The usual mistake: the protocol is changed and the port is not.
    const { end } = routeOf(api, [at(80, rule(null, redirect({ protocol: "HTTPS" })))]);
    expect(end).toMatchObject({ to: "nobody", request: { protocol: "HTTPS", port: 80 } });
  });

  test("in a circle, which ends", () => {
    const { steps, end } = routeOf(api, [at(80, rule(null, redirect({})))]);
    expect(end.to).toBe("circle");
    expect(steps.length).toBe(6);
  });

  test("at another host only where a rule waits for that", () => {
    const www = rule(1, redirect({ host: "www.example.com" }), host(api.host));
    const waits = rule(2, to("mine"), host("www.example.com"));
    expect(routeOf(api, [at(80, www, waits, rule(null, answer("404")))]).end.to).toBe("targets");
    // The default rule would take anything that got here; whether www gets here is not known.
    expect(routeOf(api, [at(80, www, rule(null, to("mine")))]).end).toMatchObject({
      to: "elsewhere",
      request: { host: "www.example.com" },
    });
  });

  test("nowhere without a listener on its port", () => {
    expect(routeOf({ ...api, port: 8443 }, [at(80, rule(null, to("mine")))]).end.to).toBe("nobody");
  });

  const action = fc.oneof(fc.constant(answer("404")), fc.constant(to("mine")), fc.constant(redirect({ protocol: "HTTPS", port: "443" })));
  const conditions = fc.array(fc.constantFrom(host(api.host), host("x.y"), path("/v1/*"), other("http-header", "X")), { maxLength: 2 });
  const listener = (port: number) =>
    fc
      .array(fc.tuple(action, conditions), { maxLength: 4 })
      .map((some) => at(port, ...some.map(([what, when], n) => rule(n + 1, what, ...when)), rule(null, answer("404"))));

  property.prop([listener(80), listener(443)])("it always ends, and never before a rule that surely takes it", (plain, secure) => {
    const { steps } = routeOf(api, [plain, secure]);
    expect(steps.length).toBeLessThanOrEqual(6);
    for (const step of steps) {
      const before = step.at.rules.slice(0, step.at.rules.indexOf(step.rule));
      expect(before.some((one) => meets(step.request, one) === "yes")).toBe(false);
    }
  });
});

describe("what AWS says of actions", () => {
  test("the order counts, and what comes before the last authenticates", () => {
    const actions = [
      { Type: "forward" as const, Order: 2, TargetGroupArn: "mine" },
      { Type: "authenticate-oidc" as const, Order: 1 },
    ];
    expect(actionOf(actions)).toEqual({ type: "forward", authenticates: true, groups: [{ arn: "mine", weight: 1 }] });
  });

  test("a redirect keeps what it does not state", () => {
    expect(actionOf([{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } }])).toMatchObject({
      host: "#{host}",
      path: "/#{path}",
    });
  });

  test("an action that nobody has met is refused", () => {
    expect(() => actionOf([{ Type: "teleport" as "forward" }])).toThrow("teleport");
    expect(() => actionOf([])).toThrow("no action");
  });
});

test("a share counts weights, and a weight of nothing is none", () => {
  expect(shareOf(["mine"], { action: to(["mine", 9], ["other", 1]) })).toBe(90);
  expect(shareOf(["mine"], { action: to(["mine", 0], ["other", 1]) })).toBe(0);
  expect(shareOf(["mine"], { action: to(["mine", 0]) })).toBe(0);
  expect(shareOf(["blue", "green"], { action: to(["blue", 0], ["green", 100]) })).toBe(100);
  expect(shareOf(["mine"], { action: answer("200") })).toBe(0);
});

test("a route is named by its host and path, and by its port where one is stated", () => {
  expect(routeSubject({ host: "api.example.com" })).toBe("route:api.example.com/");
  expect(routeSubject({ host: "api.example.com", port: 8443, path: "/x" })).toBe("route:api.example.com:8443/x");
});
