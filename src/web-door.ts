import { setTimeout as sleep } from "node:timers/promises";
import type { Agent } from "undici";
import type { Ask, Handshake, Sample, Silence, Web } from "./web.ts";

/** The way out to endpoints of one run; `close` ends whatever still hangs. */
export type WebDoor = Web & { close(): Promise<void> };

/** Where endpoints are to be found, and what is believed there, if not as in the open world. */
export interface DoorOptions {
  /** Sends the connections for an origin, its port aside (`https://api.example.com`), to another one, as curl's --connect-to does. */
  readonly connectTo?: { readonly [origin: string]: string };
  /** PEM certificates that are trusted in place of those that Node trusts. */
  readonly ca?: string | undefined;
  /** Milliseconds by which the clock of certificates is ahead of the one by which they are judged. */
  readonly ahead?: number;
}

/** The most of a body that is read, in bytes. */
const bound = 64 * 1024;

/** A door to real endpoints: one GET or one handshake per probe over a connection of its own, redirects not followed. */
export function webDoor({ connectTo = {}, ca, ahead = 0 }: DoorOptions = {}): WebDoor {
  let agent: Promise<Agent> | undefined;
  const leading = ({ protocol, hostname, host, port }: URL) => {
    const elsewhere = connectTo[`${protocol}//${hostname}`];
    return elsewhere === undefined ? { protocol, hostname, host, port } : new URL(elsewhere);
  };

  const ask: Ask<Sample> = ({ url, host, within }, { signal } = {}) =>
    heard(signal, async () => {
      agent ??= opened(ca);
      const asked = new URL(url);
      const origin = `${asked.protocol}//${leading(asked).host}`;
      // The TLS server name follows the Host header.
      const headers = { host: host ?? asked.host, "user-agent": "seaworthy", accept: "*/*" };
      const door = await agent;
      return () => exchange(door, { origin, path: asked.pathname + asked.search, headers }, { within, signal });
    });

  const told = (date: string) => new Date(Date.parse(date) - ahead).toISOString();
  const handshake: Ask<Handshake> = ({ url, host, within }, { signal } = {}) =>
    heard(signal, async () => {
      const asked = new URL(url);
      const { hostname, port } = leading(asked);
      const { shakeHands } = await import("./handshake.ts");
      const meeting = { address: bare(hostname), port: Number(port || 443), host: bare(host ?? asked.hostname), ca, within, signal };
      return async () => {
        const { certificate, distrust } = await shakeHands(meeting);
        const { notBefore, notAfter } = certificate;
        return { outcome: "shown", certificate: { ...certificate, notBefore: told(notBefore), notAfter: told(notAfter) }, distrust };
      };
    });
  return Object.assign(ask, { handshake, close: async () => (await agent)?.destroy() });
}

/** An IPv6 address stands in brackets in a URL. */
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");

/** Asks, once all is ready, and times it. What an endpoint fails at is its answer; what is aborted or our own fault rejects. */
async function heard<Answer>(
  signal: AbortSignal | undefined,
  ready: () => Promise<() => Promise<Answer>>,
): Promise<{ ms: number } & (Answer | { outcome: Silence; why: string })> {
  signal?.throwIfAborted();
  const ask = await ready();
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    const answer = await ask();
    return { ms: ms(), ...answer };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const { code, why = code } = faultOf(error);
    const [, outcome] = silences.find(([codes]) => codes.test(code)) ?? [];
    if (!outcome) throw error;
    return { ms: ms(), outcome, why };
  }
}

/** It takes 40 ms to load: not paid without endpoints, and else while the calls to AWS that began with this probe are under way. */
async function opened(ca: string | undefined): Promise<Agent> {
  await sleep(25);
  const { Agent } = await import("undici");
  return new Agent({ allowH2: false, connect: { maxCachedSessions: 0, ...(ca !== undefined && { ca }) } });
}

type Request = { readonly origin: string; readonly path: string; readonly headers: Record<string, string> };
type Limits = { readonly within: number; readonly signal: AbortSignal | undefined };

/** One request and its answer, at once rejected when a limit is met, even while there is no connection yet. */
async function exchange(agent: Agent, request: Request, { within, signal }: Limits) {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<Sample & { outcome: "answered" }, "ms">>();
  let end = reject;
  let connected = false;
  const late = () => end({ code: connected ? "LATE" : "ETIMEDOUT", why: `no ${connected ? "answer" : "connection"} within ${within} ms` });
  const aborted = () => end(signal?.reason);
  const timer = setTimeout(late, within);
  signal?.addEventListener("abort", aborted, { once: true });

  let head = { status: 0, location: null as string | null };
  const chunks: Buffer[] = [];
  const size = () => chunks.reduce((sum, { length }) => sum + length, 0);
  const whole = () => resolve({ outcome: "answered", ...head, body: Buffer.concat(chunks).subarray(0, bound).toString() });

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
  [/CERT|CRL|^UNABLE_TO_|^ERR_(TLS|SSL)_|^EPROTO$|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/, "tls"],
  [/^(HPE_\w+|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)$/, "invalid"],
];

function faultOf(error: unknown): { code: string; why?: string } {
  const { code, why, errors, name = "" } = error as { code?: unknown; why?: string; errors?: unknown[]; name?: string };
  if (typeof code === "string") return why === undefined ? { code } : { code, why };
  // Where a name has several addresses, each of them may have failed.
  return errors?.[0] ? faultOf(errors[0]) : { code: name };
}
