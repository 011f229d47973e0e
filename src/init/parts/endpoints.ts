import type { Config } from "../../config.ts";
import { endpoints } from "../../facts/endpoints.ts";
import { loadBalancers } from "../../facts/load-balancers.ts";
import { services } from "../../facts/services.ts";
import { allOf, type Material, namesOf, notFound, oneOf, type Part } from "../part.ts";

type Endpoint = Config["endpoints"][string];

/** The health endpoints: those that a gate can reach are stated, the others are shown. */
export function endpointsPart(material: Material): Part {
  const { config } = material;
  const found = namesOf(config.endpoints).flatMap((name) => {
    const endpoint = config.endpoints[name];
    return endpoint ? [{ name, ...asWritten(material, name, endpoint) }] : [];
  });
  const stated = found.filter(({ doubt }) => doubt === null);
  const doubted = found.filter(({ doubt }) => doubt !== null);
  return {
    key: "endpoints",
    about: "Where the services' users knock: the health check's path through a listener, by the Host header of its rule.",
    value: stated.length === 0 ? undefined : Object.fromEntries(stated.map(({ name, value }) => [name, value])),
    notes: [...notFound(material, "endpoints"), ...doubted.map(({ name, doubt }) => `${name} is left out: it ${doubt}.`)],
    instead: doubted.length === 0 ? undefined : Object.fromEntries(doubted.map(({ name, value }) => [name, value])),
  };
}

function asWritten(material: Material, name: string, { url, host, service, expect }: Endpoint) {
  const attempts = oneOf(material, endpoints, name)?.attempts ?? [];
  const answered = attempts.filter(({ fault }) => fault === null).at(-1)?.status ?? null;
  // Where the health check takes several, it is the one that was given.
  const status = expect?.status ?? answered;
  const value = {
    url,
    ...(host !== undefined && { host }),
    ...(service !== undefined && { service }),
    ...(status !== null && { expect: { status } }),
  };
  return { value, doubt: doubtOf(material, { url, service }, attempts, status) };
}

/** Why a gate that is told of an endpoint might ask for it in vain. */
function doubtOf(
  material: Material,
  { url, service = "" }: Pick<Endpoint, "url" | "service">,
  attempts: readonly { readonly fault: string | null }[],
  status: number | null,
): string | null {
  const dns = new URL(url).hostname.toLowerCase();
  if (allOf(material, loadBalancers).some((one) => one.scheme === "internal" && one.dns?.toLowerCase() === dns))
    return "is behind an internal load balancer";
  if (attempts.length === 0 || attempts.every(({ fault }) => fault === "unresolved" || fault === "unreachable"))
    return "could not be reached from here";
  if (status !== null) return null;
  return oneOf(material, services, service)?.desired === 0
    ? "gave no status that it could be held to while its service is at rest"
    : "gave no status that its health check accepts";
}
