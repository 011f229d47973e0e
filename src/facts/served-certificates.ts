import type { Config } from "../config.ts";
import { defineFact, given, known, type Link, type Reading } from "../fact.ts";
import type { ShownCertificate, Silence } from "../web.ts";
import { speaksTls } from "./certificates.ts";
import { type Listeners, listeners } from "./listeners.ts";
import { type LoadBalancer, loadBalancers } from "./load-balancers.ts";
import { type TargetGroup, targetGroups } from "./target-groups.ts";

/** Where TLS is spoken: for which host, by which of this stack's listeners (ARN), and at which URL hands are shaken, if they may be from here. */
export type TlsDoor = {
  readonly host: string | null;
  readonly port: number;
  readonly url: string | null;
  readonly endpoints: readonly string[];
  readonly listener: string | null;
};

/** What was shown there. Either is null where nothing was asked. */
export type Served = TlsDoor & {
  readonly shown: { readonly certificate: ShownCertificate; readonly distrust: string | null } | null;
  readonly silence: { readonly outcome: Silence; readonly why: string } | null;
};

/** Milliseconds until hands must have been shaken. */
const within = 5000;

/** What is shown over TLS by each endpoint, and to each configured host by the load balancer of its service. */
export const servedCertificates = defineFact("servedCertificates", {
  kind: "tls",
  calls: [],
  needs: [targetGroups, loadBalancers, listeners],

  subjects: (input) => doorsOf(input).map(idOf),

  async ask({ web, subject, config, facts }) {
    const { url, host } = doorOf(subject, { config, facts });
    if (url === null) return null;
    return web.handshake({ url, within, ...(host !== null && { host }) });
  },

  read(met, { subject, config, facts }): Reading<Served> {
    const door = doorOf(subject, { config, facts });
    if (met === null) return known({ ...door, shown: null, silence: null });
    if (met.outcome !== "shown") return known({ ...door, shown: null, silence: { outcome: met.outcome, why: met.why } });
    return known({ ...door, shown: { certificate: met.certificate, distrust: met.distrust }, silence: null });
  },

  name: (subject) => subject.replace(/ at .*/, ""),

  links: ({ endpoints, listener }, name) => [
    ...endpoints.map((endpoint): Link => [`endpoint:${endpoint}`, `tls:${name}`]),
    ...(listener === null ? [] : [[`tls:${name}`, `listener:${listener}`] as const]),
  ],
});

type Input = {
  readonly config: Config;
  readonly facts: {
    readonly targetGroups: { all(): readonly TargetGroup[] };
    readonly loadBalancers: { all(): readonly LoadBalancer[] };
    readonly listeners: { all(): readonly Listeners[] };
  };
};

const idOf = ({ host, port, url, listener }: TlsDoor) => {
  if (host === null) return `${listener?.split("/")[2]}:${port}`;
  const address = url === null ? listener?.split("/")[2] : new URL(url).hostname;
  return `${host}:${port}${address === host ? "" : ` at ${address}`}`;
};

const doorOf = (subject: string, input: Input): TlsDoor =>
  given(
    doorsOf(input).find((door) => idOf(door) === subject),
    "place to speak TLS",
  );

function doorsOf(input: Input): readonly TlsDoor[] {
  const asked = merged(endpointDoors(input));
  const hosts = hostDoors(input);
  // What users are led to by an endpoint's URL is what counts; the listener is judged with it.
  const whole = asked.map((door) => ({ ...door, listener: door.listener ?? hosts.find((one) => sameHost(one, door))?.listener ?? null }));
  const more = hosts.filter((door) => !whole.some((one) => sameHost(one, door) && one.listener === door.listener));
  const taken = [...whole, ...more].map(({ listener }) => listener);
  const rest = input.facts.listeners
    .all()
    .flatMap((one) => one.listeners.filter((listener) => speaksTls(listener) && !taken.includes(listener.arn)));
  return [...whole, ...merged(more), ...rest.map(({ arn, port }) => ({ host: null, port, url: null, endpoints: [], listener: arn }))];
}

/** A Host header may have a port, which a TLS server name has not. */
const serverName = (host: string) => host.toLowerCase().replace(/:\d+$/, "");

const sameHost = (one: TlsDoor, other: TlsDoor) => one.host === other.host && one.port === other.port;

/** One for each place, with all the endpoints that are there. */
function merged(doors: readonly TlsDoor[]): readonly TlsDoor[] {
  const places = Map.groupBy(doors, idOf);
  return [...places.values()].flatMap(([first, ...more]) =>
    first ? [{ ...first, endpoints: [first, ...more].flatMap(({ endpoints }) => endpoints) }] : [],
  );
}

function endpointDoors({ config, facts }: Input): readonly TlsDoor[] {
  const balancers = facts.loadBalancers.all();
  return Object.entries(config.endpoints).flatMap(([name, { url, host }]) => {
    const { protocol, hostname, port: stated } = new URL(url);
    if (protocol !== "https:") return [];
    const port = Number(stated || 443);
    const balancer = balancers.find(({ dns }) => dns?.toLowerCase() === hostname.toLowerCase());
    const listener = balancer && listenersOf(balancer.arn, facts).find((one) => one.port === port && speaksTls(one));
    // Nobody said that it can be reached from here.
    const hidden = config.inferred.includes("endpoints") && balancer?.scheme === "internal";
    const place = { host: serverName(host ?? hostname), port, url: hidden ? null : `https://${hostname}:${port}/` };
    return [{ ...place, endpoints: [name], listener: listener?.arn ?? null }];
  });
}

function hostDoors({ config, facts }: Input): readonly TlsDoor[] {
  const groups = facts.targetGroups.all();
  return Object.entries(config.services).flatMap(([name, { host, port }]) => {
    const leading = groups.filter(({ services }) => services.includes(name)).flatMap((group) => group.loadBalancers);
    const balancers = facts.loadBalancers.all().filter(({ arn }) => leading.includes(arn));
    return balancers.flatMap(({ arn, dns, scheme }) => {
      const listener = secureEntrance(listenersOf(arn, facts), port);
      if (host === undefined || !listener) return [];
      const url = dns === null || scheme === "internal" ? null : `https://${dns}:${listener.port}/`;
      return [{ host: host.toLowerCase(), port: listener.port, url, endpoints: [], listener: listener.arn }];
    });
  });
}

const listenersOf = (balancer: string, facts: Input["facts"]) =>
  facts.listeners.all().flatMap(({ loadBalancer, listeners: all }) => (loadBalancer === balancer ? all : []));

/** Where a host's users meet TLS: at the port that is stated, or where that one sends them; else at 443, or where 80 does. */
function secureEntrance(all: Listeners["listeners"], stated: number | undefined): Listeners["listeners"][number] | undefined {
  const at = (port: number) => all.find((one) => one.port === port);
  const entrance = at(stated ?? 443) ?? (stated === undefined ? at(80) : undefined);
  if (!entrance || speaksTls(entrance)) return entrance;
  const { otherwise } = entrance;
  const sent = otherwise.type === "redirect" && otherwise.protocol === "HTTPS" ? at(Number(otherwise.port)) : undefined;
  return sent && speaksTls(sent) ? sent : undefined;
}
