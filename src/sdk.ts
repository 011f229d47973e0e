import type { Action, Service } from "./aws.ts";
import type { Usage } from "./report.ts";

type Handler = (args: object) => Promise<object>;
/** As much of an SDK client as is used; each client has types of its own. */
export interface SdkClient {
  readonly config: { readonly credentials: unknown; readonly requestHandler: unknown };
  readonly middlewareStack: { add(middleware: (next: Handler, context: { commandName: string }) => Handler, options: object): void };
  send(command: unknown, options: { abortSignal?: AbortSignal }): Promise<{ $metadata: { attempts?: number } }>;
  destroy(): void;
}
/** The commands of a service, by operation. */
export type Commands = { readonly [operation: string]: new (input: object) => unknown };
/** What a file in `src/aws/` exports. */
export type Module = { readonly Client: new (config: object) => SdkClient; readonly settings?: object } & Commands;
/** The account of one action. */
export type Entry = Usage[string];

/** Sends one command. Rejects with the signal's reason as soon as it is aborted, else with AWS's or the network's own name. */
export async function sent(client: SdkClient, command: unknown, signal: AbortSignal | undefined, usage: Entry): Promise<object> {
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
    return await Promise.race([whole(answer), aborted.promise]);
  } catch (error) {
    throw signal?.aborted ? signal.reason : told(error);
  } finally {
    signal?.removeEventListener("abort", abort);
    usage.ms += performance.now() - started;
  }
}

/** The answer with its body read to the end, where it has one that streams. */
async function whole(answer: object): Promise<object> {
  const { Body } = answer as { Body?: { transformToByteArray?(): Promise<Uint8Array> } };
  return Body?.transformToByteArray ? { ...answer, Body: await Body.transformToByteArray() } : answer;
}

/** Refuses, before anything leaves, what is not on the list of the service's reading calls. */
export function guard(client: SdkClient, allowed: readonly string[]): void {
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
export function watch(client: SdkClient, service: Service, ledger: Usage, leaving: () => unknown): void {
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

/** The account of an action, opened where there is none. */
export function entry(ledger: Usage, action: Action): Entry {
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
