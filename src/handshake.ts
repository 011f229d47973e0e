import { isIP } from "node:net";
import { checkServerIdentity, connect, type TLSSocket } from "node:tls";
import type { ShownCertificate } from "./web.ts";

/** With whom hands are shaken, and on whose word: `ca` are PEM certificates that stand in for those that Node trusts. */
export interface Meeting {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  readonly ca: string | undefined;
  readonly within: number;
  readonly signal: AbortSignal | undefined;
}

/** Shakes hands over TLS and hangs up: what was shown, whether or not it is trusted. Rejects with the codes of Node where nothing was. */
export async function shakeHands({ address, port, host, ca, within, signal }: Meeting) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({
    ...{ host: address, port, rejectUnauthorized: false, checkServerIdentity: (_, shown) => checkServerIdentity(host, shown) },
    // An address is no server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  let connected = false;
  const late = () =>
    reject({ code: connected ? "LATE" : "ETIMEDOUT", why: `no ${connected ? "handshake" : "connection"} within ${within} ms` });
  const aborted = () => reject(signal?.reason);
  const timer = setTimeout(late, within);
  signal?.addEventListener("abort", aborted, { once: true });
  socket.once("connect", () => {
    connected = true;
  });
  socket.on("error", reject);
  socket.once("close", () => reject({ code: "ECONNRESET" }));
  socket.once("secureConnect", () => resolve());
  try {
    await promise;
    const shown = shownBy(socket);
    hangUp(socket);
    return shown;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", aborted);
  }
}

/** Takes leave, since to a server a connection that is cut looks like a fault; holds nobody up for it. */
function hangUp(socket: TLSSocket): void {
  socket.setTimeout(1000, () => socket.destroy());
  socket.resume().end();
  socket.unref();
}

function shownBy(socket: TLSSocket): { certificate: ShownCertificate; distrust: string | null } {
  const shown = socket.getPeerX509Certificate();
  if (!shown) throw Object.assign(new Error("the server showed no certificate"), { code: "ERR_SSL_NO_CERTIFICATE" });
  const { authorizationError: why } = socket as { authorizationError?: unknown };
  const { subject, issuer } = shown.toLegacyObject();
  const others = (shown.subjectAltName ?? "").split(", ").flatMap((name) => /^(?:DNS|IP Address):(.*)/.exec(name)?.[1] ?? []);
  return {
    certificate: {
      names: others.length > 0 ? others : [textOf(subject?.CN)].filter((name) => name !== null),
      issuer: textOf(issuer?.CN) ?? textOf(issuer?.O),
      notBefore: new Date(shown.validFrom).toISOString(),
      notAfter: new Date(shown.validTo).toISOString(),
    },
    // Node gives a code; its types say that it is an error.
    distrust: socket.authorized ? null : String((why as { code?: string } | undefined)?.code ?? why),
  };
}

const textOf = (name: string | string[] | undefined): string | null => [name].flat()[0] ?? null;
