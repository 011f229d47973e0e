import pLimit from "p-limit";
import { type Action, allPages, type Port, type Service, services } from "./aws.ts";
import type { Usage } from "./report.ts";

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

/** At most so many calls to one service at once: below the bursts that AWS allows to reading calls. */
const sideBySide = 20;

/** Milliseconds until a connection stands, and until an answer has come; then the SDK tries again. */
const patience = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Opens a way to AWS. Nothing is loaded, and nobody is asked, before the first call. */
export function connect(access: Access = {}): Connection {
  const ledger: Usage = {};
  const clients = new Map<Service, Promise<Opened>>();
  let credentials: unknown;
  let soon: readonly Service[] = [];

  const open = async (service: Service): Promise<Opened> => {
    const { Client, ...commands } = (await services[service]()) as unknown as Module;
    const own = { ...access, requestHandler: patience, retryMode: "standard", maxAttempts: 5, ...(credentials ? { credentials } : {}) };
    const client = new Client(Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)));
    // Credentials are looked up once for all services.
    credentials ??= client.config.credentials;
    guard(client, Object.keys(commands));
    watch(client, service, ledger, leaving);
    return { client, commands, limit: pLimit(sideBySide) };
  };
  const opened = (service: Service) => {
    const client = clients.get(service) ?? open(service);
    clients.set(service, client);
    return client;
  };

  const leaving = () => {
    const wanted = soon;
    soon = [];
    if (wanted.length > 0) setImmediate(() => wanted.forEach(opened));
  };

  return {
    async port(action, input, { signal, firstPage = false } = {}) {
      const [service, operation] = action.split(":") as [Service, string];
      const { client, commands, limit } = await opened(service);
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

type Handler = (args: object) => Promise<object>;
interface SdkClient {
  readonly config: { readonly credentials: unknown };
  readonly middlewareStack: { add(middleware: (next: Handler, context: { commandName: string }) => Handler, options: object): void };
  send(command: unknown, options: { abortSignal?: AbortSignal }): Promise<{ $metadata: { attempts?: number } }>;
  destroy(): void;
}
type Commands = { readonly [operation: string]: new (input: object) => unknown };
type Module = { readonly Client: new (config: object) => SdkClient } & Commands;
interface Opened {
  readonly client: SdkClient;
  readonly commands: Commands;
  readonly limit: ReturnType<typeof pLimit>;
}
type Entry = Usage[string];

async function sent(client: SdkClient, command: unknown, signal: AbortSignal | undefined, usage: Entry): Promise<object> {
  signal?.throwIfAborted();
  const started = performance.now();
  usage.count += 1;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const sending = client.send(command, signal ? { abortSignal: signal } : {});
    sending.catch(() => {});
    const { $metadata, ...answer } = await Promise.race([sending, aborted.promise]);
    return answer;
  } catch (error) {
    throw signal?.aborted ? signal.reason : told(error);
  } finally {
    signal?.removeEventListener("abort", abort);
    usage.ms += performance.now() - started;
  }
}

/** Refuses, before anything leaves, what is not on the list of the service's reading calls. */
function guard(client: SdkClient, allowed: readonly string[]): void {
  const names = new Set(allowed.map((operation) => `${operation}Command`));
  const middleware =
    (next: Handler, { commandName }: { commandName: string }) =>
    async (args: object) => {
      if (!names.has(commandName)) throw new Error(`${commandName} is not among the calls that seaworthy may make`);
      return next(args);
    };
  client.middlewareStack.add(middleware, { step: "initialize", name: "readOnly" });
}

/** Sits below the SDK's retries: counts them, and lets an answer that was cut short be asked for again. */
function watch(client: SdkClient, service: Service, ledger: Usage, leaving: () => void): void {
  const middleware = (next: Handler, { commandName }: { commandName: string }) => {
    let attempts = 0;
    return async (args: object) => {
      const usage = entry(ledger, `${service}:${commandName.replace(/Command$/, "")}` as Action);
      if (attempts++ > 0) usage.retries += 1;
      try {
        const answer = next(args);
        leaving();
        return await answer;
      } catch (error) {
        if (/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test((error as Error).name)) usage.throttled += 1;
        throw readable(error);
      }
    };
  };
  client.middlewareStack.add(middleware, { step: "finalizeRequest", priority: "low", name: "watch" });
}

function entry(ledger: Usage, action: Action): Entry {
  ledger[action] ??= { count: 0, retries: 0, throttled: 0, ms: 0 };
  return ledger[action];
}

/** An answer came, and is none: its error may quote it, secrets and all, and is dropped. The SDK retries what is marked so. */
function readable(error: unknown): unknown {
  if (!(error instanceof Error) || "$fault" in error || !("$response" in error)) return error;
  const { statusCode } = (error as { $response?: { statusCode?: number } }).$response ?? {};
  const message = `AWS's answer could not be read${statusCode === undefined || statusCode === 200 ? "" : ` (HTTP ${statusCode})`}`;
  return Object.assign(new Error(message), { name: "UnreadableAnswer", $retryable: { throttling: false } });
}

/** The error by AWS's own name, or by the network's: `ECONNREFUSED`. */
function told(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("the SDK threw something that is no error");
  const { code, $fault } = error as { code?: unknown; $fault?: unknown };
  if ($fault || typeof code !== "string") return error;
  return Object.assign(new Error(error.message || code), { name: code });
}
