import { createRequire, syncBuiltinESMExports } from "node:module";

// Loaded before the command: sends the connections to the load balancers of an embedded world to where it is served on loopback,
// as its DNS would. `LEADING` is the ports there, by host.
const ports: Readonly<Record<string, number>> = JSON.parse(process.env["LEADING"] ?? "{}");
const net: typeof import("node:net") = createRequire(import.meta.url)("node:net");
const connect = net.connect;

const led = (options: unknown): unknown => {
  const { host } = typeof options === "object" && options !== null ? { host: undefined, ...options } : { host: undefined };
  const port = typeof host === "string" ? ports[host] : undefined;
  return port === undefined ? options : Object.assign({}, options, { host: "127.0.0.1", port, servername: undefined });
};

net.connect = ((options: unknown, ...rest: unknown[]) => Reflect.apply(connect, net, [led(options), ...rest])) as typeof net.connect;
syncBuiltinESMExports();
