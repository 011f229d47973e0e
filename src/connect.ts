import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { allPages, type Port, type Service, services } from "./aws.ts";
import type { Usage } from "./report.ts";
import { type Commands, entry, guard, type Module, type SdkClient, sent, watch } from "./sdk.ts";

/** Where AWS is, and as whom it is asked; what is left out the SDK finds in its own environment variables and files. */
export interface Access {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** A way to AWS that only reads. */
export interface Connection {
  readonly port: Port;
  /** Says which services will be called, so that they are loaded while the first call is under way. */
  readonly warm: (soon: readonly Service[]) => void;
  readonly calls: () => Usage;
  readonly close: () => void;
}

interface Opened {
  readonly client: SdkClient;
  readonly commands: Commands;
  readonly limit: ReturnType<typeof pLimit>;
}

/** At most so many calls to one service at once: below the bursts that AWS allows to reading calls. */
const sideBySide = 20;

/** Milliseconds until a connection stands, and until an answer has come; then the SDK tries again. */
const patience = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Opens a way to AWS. Nothing is loaded, and nobody is asked, before the first call. */
export function connect(access: Access = {}): Connection {
  const ledger: Usage = {};
  const clients = new Map<string, Promise<Opened>>();
  // Looked up once, and connected once, for all services.
  let shared: { credentials?: unknown; requestHandler: unknown } = { requestHandler: patience };
  let soon: readonly Service[] = [];

  const open = async (service: Service, region: string | undefined): Promise<Opened> => {
    const { Client, settings, ...commands } = (await services[service]()) as unknown as Module;
    const own = Object.entries({ ...access, region, retryMode: "standard", maxAttempts: 5, ...settings, ...shared });
    const client = new Client(Object.fromEntries(own.filter(([, value]) => value !== undefined)));
    const { credentials, requestHandler } = client.config;
    shared = { credentials, requestHandler };
    guard(client, Object.keys(commands));
    watch(client, service, ledger, leaving);
    return { client, commands, limit: pLimit(sideBySide) };
  };
  const opened = (service: Service, region = access.region) => {
    const place = `${service} ${region}`;
    const client = clients.get(place) ?? open(service, region);
    clients.set(place, client);
    return client;
  };

  // One after the other, so that the call that is under way is not held up.
  const leaving = async () => {
    const wanted = soon;
    soon = [];
    for (const service of wanted) {
      await sleep(1);
      await opened(service).catch(() => {});
    }
  };

  return {
    async port(action, input, { signal, firstPage = false, region } = {}) {
      const [service, operation] = action.split(":") as [Service, string];
      const { client, commands, limit } = await opened(service, region);
      const Command = commands[operation];
      if (!Command) throw new Error(`${action} is not among the calls that seaworthy may make`);
      const send = (page: object) => limit(() => sent(client, new Command(page), signal, entry(ledger, action)));
      return firstPage ? send(input) : allPages(send, input);
    },
    warm: (services) => {
      soon = services;
    },
    calls: () => Object.fromEntries(Object.entries(ledger).map(([action, usage]) => [action, { ...usage, ms: Math.round(usage.ms) }])),
    close: () => void [...clients.values()].map((client) => client.then((one) => one.client.destroy())),
  };
}
