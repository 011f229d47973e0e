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

/** How an endpoint gives no answer. It is unreachable where no connection came about in time. */
export type Silence = "refused" | "timeout" | "reset" | "unresolved" | "unreachable" | "tls" | "invalid";

/** Asks an endpoint one thing. Rejects on an aborted signal, and for a fault that is no endpoint's, such as having no socket left. */
export type Web = (probe: Probe, options?: { readonly signal?: AbortSignal }) => Promise<Sample>;
