/** One request to a health endpoint. */
export interface Probe {
  readonly url: string;
  /** The Host header and TLS server name, where they are not the URL's own. */
  readonly host?: string;
  /** Milliseconds until the whole answer must have come. */
  readonly within: number;
}

/** What came back. A refusal or a timeout of an endpoint is an answer about the endpoint, not an error of ours. */
export type Sample = { readonly ms: number } & (
  | { readonly outcome: "answered"; readonly status: number; readonly body: string; readonly location: string | null }
  | { readonly outcome: Silence; readonly why: string }
);

/** The certificate that a server showed, whatever it is worth: for which names, by whom, and from when to when (ISO 8601). */
export type ShownCertificate = {
  readonly names: readonly string[];
  readonly issuer: string | null;
  readonly notBefore: string;
  readonly notAfter: string;
};

/** What came of shaking hands over TLS. `distrust` is Node's code for why a client refuses the certificate; null where it trusts it. */
export type Handshake = { readonly ms: number } & (
  | { readonly outcome: "shown"; readonly certificate: ShownCertificate; readonly distrust: string | null }
  | { readonly outcome: Silence; readonly why: string }
);

/** How an endpoint gives no answer. It is unreachable where no connection came about in time. */
export type Silence = "refused" | "timeout" | "reset" | "unresolved" | "unreachable" | "tls" | "invalid";

/** A question to an endpoint, which ends by its signal. */
export type Ask<Answer> = (probe: Probe, options?: { readonly signal?: AbortSignal }) => Promise<Answer>;

/**
 * Asks an endpoint one thing, or shakes hands with it and asks for nothing. Rejects on an aborted signal, and for a fault that is no
 * endpoint's, such as having no socket left.
 */
export type Web = Ask<Sample> & { readonly handshake: Ask<Handshake> };
