import { defineCheck, type Evidence, type Fix, fail, pass, pending, sh, skip } from "../src/check.ts";
import { type Attempt, type EndpointFault, type Expected, streakOf } from "../src/facts/attempts.ts";
import { type Endpoint, endpoints } from "../src/facts/endpoints.ts";
import { loadBalancers } from "../src/facts/load-balancers.ts";
import { isDeploying, type Service, services } from "../src/facts/services.ts";

export default defineCheck({
  title: "Every health endpoint answers as expected",
  why: "This is the first thing that a user of the service would notice.",
  severity: { "post-deploy": "blocker", "sign-off": "blocker" },
  about: endpoints,
  needs: [services, loadBalancers],
  symptom: "running",
  none: skip("the configuration names no endpoint"),

  evaluate(endpoint, facts, { config, scene }) {
    const { service, attempts, expected } = endpoint;
    // Where an endpoint names no service, any of them may be behind it.
    const behind = () => (service === null ? facts.services.all() : [facts.services.get(service)]);
    if (scene === "sign-off" && atRest(behind())) return skip("is at rest: nothing is meant to run behind it");

    const evidence = evidenceOf(endpoint);
    if (streakOf(attempts) >= expected.successes) return pass(`answers as expected ${expected.successes} times in a row`, evidence);

    const { says, fix } = flawOf(endpoint);
    if (config.inferred.includes("endpoints")) {
      if (attempts.every(({ fault }) => fault === "unresolved" || fault === "unreachable"))
        return skip(`${says}, and nobody said that it must`);
      const host = new URL(endpoint.url).hostname.toLowerCase();
      const balancer = facts.loadBalancers.all().find(({ dns }) => dns?.toLowerCase() === host);
      if (balancer?.scheme === "internal") return skip("is behind an internal load balancer, and nobody said that it must answer here");
    }
    if (service !== null && isDeploying(facts.services.get(service)))
      return pending(`${says} while ${service} is being deployed`, evidence);
    return fail(says, evidence, fix);
  },
});

const atRest = (behind: readonly Service[]) => behind.length > 0 && behind.every(({ desired }) => desired === 0);

function evidenceOf({ url, host, expected, attempts }: Endpoint): Evidence {
  const succeeded = attempts.filter(({ fault }) => fault === null).length;
  const slowestMs = Math.max(...attempts.map(({ ms }) => ms));
  return { url, host, expected, requests: attempts.length, succeeded, slowestMs, attempts };
}

/** What is wrong most often. */
function flawOf({ url, host, expected, attempts }: Endpoint): { says: string; fix: Fix } {
  const failed = attempts.filter(({ fault }) => fault !== null);
  const [usual] = [...Map.groupBy(failed, ({ fault }) => fault).values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  if (!usual) throw new Error("it was asked what is wrong where nothing is");
  const [flaw, remedy] = wordsFor(usual, expected);
  const healthy = attempts.length - failed.length;
  const says = healthy === 0 ? flaw : `answers as expected only now and then, ${healthy} of ${attempts.length} times: else it ${flaw}`;
  const look = host === null ? sh`curl -sS -i -m 10 ${url}` : sh`curl -sS -i -m 10 -H ${`Host: ${host}`} ${url}`;
  return { says, fix: { do: remedy, run: [look] } };
}

function wordsFor({ fault, status, why, ms }: Attempt, expected: Expected): readonly [flaw: string, remedy: string] {
  const wanted = `${status}${why === null ? "" : `, which leads to ${why},`} where ${expected.status ?? "200 to 399"} is expected`;
  const words: { readonly [F in EndpointFault]: readonly [string, string] } = {
    refused: ["refuses connections", "Make something listen there: a listener on that port, or the right port in the URL."],
    timeout: [
      `does not answer: ${why}`,
      "Find what keeps the service from answering: its tasks, its targets, or what it waits for itself.",
    ],
    unreachable: [`cannot be reached from here: ${why}`, "Let this network in, or run seaworthy in one that the endpoint admits."],
    unresolved: [`has a name that does not resolve: ${why}`, "Correct the name in the URL, or its DNS record."],
    reset: [`closes the connection without an answer: ${why}`, "Find what closes it: a crash, or a port that speaks another protocol."],
    tls: [`cannot be trusted over TLS: ${why}`, "Install a certificate for this host that is in date and that clients trust."],
    invalid: [
      `gives an answer that is not HTTP: ${why}`,
      "Correct the port or the scheme of the URL: what listens there speaks something else.",
    ],
    status: [`answers ${wanted}`, "Find in the service's logs why it answers so, or which listener rule answers in its place."],
    body: [
      `answers ${status} with another body than expected`,
      "Find in the service's logs why it answers so, or correct the body that is expected.",
    ],
    slow: [
      `answers too slowly: ${ms} ms, where ${expected.within} ms are allowed`,
      "Find what the service waits for, or allow it more time.",
    ],
  };
  return words[fault ?? "status"];
}
