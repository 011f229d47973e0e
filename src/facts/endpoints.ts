import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "../config.ts";
import { defineFact, given, known, type Link, type Reading } from "../fact.ts";
import { type Attempt, attemptOf, decided, type Expected, maskedAttempt } from "./attempts.ts";
import { milliseconds } from "./duration.ts";
import { routeSubject } from "./routing.ts";

/** A health endpoint, and what it gave. `route` is the subject of the way that leads to its service. */
export type Endpoint = {
  readonly url: string;
  readonly host: string | null;
  readonly service: string | null;
  readonly route: string | null;
  readonly expected: Expected;
  readonly attempts: readonly Attempt[];
};

/** The endpoints that the configuration names, asked until enough answers in a row are as expected, ten times at the most. */
export const endpoints = defineFact("endpoints", {
  kind: "endpoint",
  calls: [],
  volatile: true,

  subjects: ({ config }) => Object.keys(config.endpoints),

  async ask({ web, subject, config }): Promise<readonly Attempt[]> {
    const { url, host } = given(config.endpoints[subject], "endpoint");
    const expected = expectedOf(config, subject);
    // An answer that comes late is told apart from none.
    const within = expected.within + Math.min(expected.within, 1000);
    const attempts: Attempt[] = [];
    while (!decided(attempts, expected)) {
      // What has just failed is not hammered.
      if (attempts.at(-1)?.fault) await pause(100);
      attempts.push(attemptOf(await web(host === undefined ? { url, within } : { url, host, within }), expected));
    }
    return attempts;
  },

  read(attempts, { subject, config }): Reading<Endpoint> {
    const { url, host = null, service = null } = given(config.endpoints[subject], "endpoint");
    const { host: served, path, port } = (service === null ? undefined : config.services[service]) ?? {};
    const route = served === undefined ? null : routeSubject({ host: served, path, port });
    return known({ url, host, service, route, expected: expectedOf(config, subject), attempts });
  },

  masked: (value, mask) => ({ ...value, attempts: value.attempts.map((attempt) => maskedAttempt(attempt, mask)) }),

  links: ({ service, route }, name): Link[] => [
    ...(route === null ? [] : [[`endpoint:${name}`, route] as const]),
    ...(service === null ? [] : [`traffic:${service}`, `service:${service}`].map((below): Link => [`endpoint:${name}`, below])),
  ],
});

function expectedOf({ endpoints, inferred }: Config, subject: string): Expected {
  const { status, body = null, within = "2s", successes = 3 } = endpoints[subject]?.expect ?? {};
  // What a health check accepts is inferred only where it is one status.
  const usual = inferred.includes("endpoints") ? null : 200;
  return { status: status ?? usual, body, within: milliseconds(within), successes };
}
