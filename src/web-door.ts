import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "undici";
import type { Silence, Web } from "./web.ts";

/** The way out to endpoints of one run; `close` ends whatever still hangs. */
export type WebDoor = Web & { close(): Promise<void> };

/** The most of a body that is read, in bytes. */
const bound = 64 * 1024;

/**
 * A door to real endpoints: one GET per probe over a connection of its own, redirects not followed. `connectTo` sends the connections for
 * a hostname to the host and port of another origin, as curl's --connect-to does.
 */
export function webDoor({ connectTo = {} }: { readonly connectTo?: { readonly [hostname: string]: string } } = {}): WebDoor {
  let agent: Promise<Agent> | undefined;

  const ask: Web = async ({ url, host, within }, { signal } = {}) => {
    signal?.throwIfAborted();
    agent ??= opened();
    const { protocol, hostname, host: own, pathname, search } = new URL(url);
    const elsewhere = connectTo[hostname];
    const origin = `${protocol}//${elsewhere === undefined ? own : new URL(elsewhere).host}`;
    // The TLS server name follows the Host header.
    const request = { origin, path: pathname + search, headers: { host: host ?? own, "user-agent": "seaworthy", accept: "*/*" } };
    const door = await agent;
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
      const answer = await exchange(door, request, { within, signal });
      return { ms: ms(), outcome: "answered", ...answer };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const { code, why = code } = faultOf(error);
      const [, outcome] = silences.find(([codes]) => codes.test(code)) ?? [];
      if (!outcome) throw error;
      return { ms: ms(), outcome, why };
    }
  };
  return Object.assign(ask, { close: async () => (await agent)?.destroy() });
}

/** It takes 40 ms to load: not paid without endpoints, and else while the calls to AWS that began with this probe are under way. */
async function opened(): Promise<Agent> {
  await sleep(25);
  const { Agent } = await import("undici");
  return new Agent({ allowH2: false, connect: { maxCachedSessions: 0 } });
}

type Request = { readonly origin: string; readonly path: string; readonly headers: Record<string, string> };
type Limits = { readonly within: number; readonly signal: AbortSignal | undefined };

/** One request and its answer, at once rejected when a limit is met, even while there is no connection yet. */
async function exchange(agent: Agent, request: Request, { within, signal }: Limits) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; location: string | null; body: string }>();
  let end = reject;
  let connected = false;
  const late = () => end({ code: connected ? "LATE" : "ETIMEDOUT", why: `no ${connected ? "answer" : "connection"} within ${within} ms` });
  const aborted = () => end(signal?.reason);
  const timer = setTimeout(late, within);
  signal?.addEventListener("abort", aborted, { once: true });

  let head = { status: 0, location: null as string | null };
  const chunks: Buffer[] = [];
  const size = () => chunks.reduce((sum, { length }) => sum + length, 0);
  const whole = () => resolve({ ...head, body: Buffer.concat(chunks).subarray(0, bound).toString() });

  agent.dispatch(
    // A connection that was kept may be closed at any moment by the other side, which would be no fault of the endpoint's.
    { ...request, method: "GET", reset: true },
    {
      onRequestStart(controller) {
        connected = true;
        end = (reason) => {
          reject(reason);
          controller.abort(new Error("no longer wanted"));
        };
        if (signal?.aborted) end(signal.reason);
      },
      onResponseStart(_, status, { location }) {
        head = { status, location: typeof location === "string" ? location : null };
      },
      onResponseData(controller, chunk) {
        chunks.push(chunk);
        if (size() < bound) return;
        whole();
        controller.abort(new Error("that is enough"));
      },
      onResponseEnd: whole,
      onResponseError: (_, error) => reject(error),
    },
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", aborted);
  }
}

/** What the codes of Node, of its TLS and of undici say of an endpoint. */
const silences: readonly (readonly [RegExp, Silence])[] = [
  [/^ECONNREFUSED$/, "refused"],
  [/^(LATE|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, "timeout"],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, "reset"],
  [/^(ENOTFOUND|EAI_\w+)$/, "unresolved"],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, "unreachable"],
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  [/CERT|CRL|^ERR_(TLS|SSL)_|^EPROTO$|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/, "tls"],
  [/^(HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/, "invalid"],
];

function faultOf(error: unknown): { code: string; why?: string } {
  const { code, why, errors, name = "" } = error as { code?: unknown; why?: string; errors?: unknown[]; name?: string };
  if (typeof code === "string") return why === undefined ? { code } : { code, why };
  // Where a name has several addresses, each of them may have failed.
  return errors?.[0] ? faultOf(errors[0]) : { code: name };
}
