import { createPrivateKey, X509Certificate } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { webDoor } from "./web-door.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function door(connectTo: { [origin: string]: string } = {}) {
  const web = webDoor({ connectTo });
  closing.push(web.close);
  return web;
}

const serving = (answer: RequestListener) => listening(createServer(answer));
const raw = (talk: (socket: Socket) => void) => listening(createRawServer(talk));
const at = (port: number, path = "/") => ({ url: `http://127.0.0.1:${port}${path}`, within: 5000 });

test("an answer comes with its status and its whole body", async () => {
  const port = await serving((_, response) => void response.writeHead(503).end("starting"));
  expect(await door()(at(port))).toEqual({ ms: expect.any(Number), outcome: "answered", status: 503, body: "starting", location: null });
});

test("the endpoint sees the real host, the path with its query, and who asks", async () => {
  const seen: IncomingMessage[] = [];
  const port = await serving((request, response) => void response.end(String(seen.push(request))));
  await door()({ ...at(port, "/health?deep=1"), host: "api.ohmycoins.com" });
  await door()(at(port));
  expect(seen.map(({ method, url, headers }) => [method, url, headers.host, headers["user-agent"]])).toEqual([
    ["GET", "/health?deep=1", "api.ohmycoins.com", "seaworthy"],
    ["GET", "/", `127.0.0.1:${port}`, "seaworthy"],
  ]);
});

test("connections for a hostname go where they are sent, and the request stays the same", async () => {
  const port = await serving(({ headers }, response) => void response.end(headers.host));
  const web = door({ "http://alb.example.com": `http://127.0.0.1:${port}` });
  expect(await web({ url: "http://alb.example.com/", within: 5000 })).toMatchObject({ outcome: "answered", body: "alb.example.com" });
});

test("a redirect is an answer, and is not followed", async () => {
  const paths: (string | undefined)[] = [];
  const port = await serving(({ url }, response) => void response.writeHead(301, { location: "/elsewhere" }).end(String(paths.push(url))));
  expect(await door()(at(port))).toMatchObject({ status: 301, location: "/elsewhere" });
  expect(paths).toEqual(["/"]);
});

test("of an endless body 64 KiB are read", async () => {
  const port = await serving((_, response) => {
    const pour = () => void (response.write("x".repeat(10_000)) && setImmediate(pour));
    response.on("drain", pour);
    pour();
  });
  const sample = await door()(at(port));
  expect(sample.outcome === "answered" && sample.body.length).toBe(64 * 1024);
});

test("a closed port refuses", async () => {
  const port = await serving(() => {});
  await closing.pop()?.();
  expect(await door()(at(port))).toMatchObject({ outcome: "refused", why: "ECONNREFUSED" });
});

test("silence is a timeout, before the first byte and in the middle of the body alike", async () => {
  const silent = await serving(() => {});
  const dripping = await serving((_, response) => void response.writeHead(200, { "content-length": "10" }).write("half"));
  for (const port of [silent, dripping])
    expect(await door()({ ...at(port), within: 100 })).toMatchObject({ outcome: "timeout", why: "no answer within 100 ms" });
});

test("a connection that is cut is a reset, however politely", async () => {
  const cut = await raw((socket) => socket.once("data", () => socket.resetAndDestroy()));
  const ended = await raw((socket) => socket.once("data", () => socket.end()));
  const truncated = await raw((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")));
  for (const port of [cut, ended, truncated]) expect(await door()(at(port))).toMatchObject({ outcome: "reset" });
});

test("a name that nobody has does not resolve", async () => {
  expect(await door()({ url: `http://${"a".repeat(64)}.invalid/`, within: 5000 })).toMatchObject({ outcome: "unresolved" });
});

test("what is not HTTP is no valid answer", async () => {
  const port = await raw((socket) => socket.once("data", () => socket.end("220 mail.example.com ESMTP\r\n")));
  expect(await door()(at(port))).toMatchObject({ outcome: "invalid", why: "HTTPParserError" });
});

test("where no connection comes about in time the endpoint is unreachable, and closing does not wait for it", async () => {
  const port = await raw(() => {});
  const web = door();
  const sample = await web({ url: `https://127.0.0.1:${port}/`, within: 100 });
  expect(sample).toMatchObject({ outcome: "unreachable", why: "no connection within 100 ms" });
  await web.close();
});

// An elliptic key and a certificate for api.ohmycoins.test, signed with itself, good from 2020 to 2120. They guard nothing.
const key = Buffer.from(
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOSK1RHB3JJk9zAOozLHcWE5TgkuVmF9BooBQTeZbbd2hRANCAARQ9iUDS5m1pi25c7Ji0MlZxQHLbVoIM2RoYai+QzJp2/tZMUjxphglQJpOv/PQPh6Sa59USdbKT1/LPWRITr5h",
  "base64",
);
const certificate = new X509Certificate(
  Buffer.from(
    "MIIBazCCARGgAwIBAgIBATAKBggqhkjOPQQDAjAdMRswGQYDVQQDDBJhcGkub2hteWNvaW5zLnRlc3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMB0xGzAZBgNVBAMMEmFwaS5vaG15Y29pbnMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFD2JQNLmbWmLblzsmLQyVnFActtWggzZGhhqL5DMmnb+1kxSPGmGCVAmk6/89A+HpJrn1RJ1spPX8s9ZEhOvmGjQDA+MB0GA1UdEQQWMBSCEmFwaS5vaG15Y29pbnMudGVzdDAdBgNVHQ4EFgQUelX11knKHV2yJEGek7sx89OHEQkwCgYIKoZIzj0EAwIDSAAwRQIgYr7sAa8cFEl/+1cB8mAuDinonSkTaTlhVDLEP3joepkCIQDdOFYVBgHXc6TYhmZwDTwrBBIJYG+w1gkZWcuaCPnLiQ==",
    "base64",
  ),
).toString();

async function securely(): Promise<{ port: number; names: (string | undefined)[] }> {
  const pem = createPrivateKey({ key, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" });
  const names: (string | undefined)[] = [];
  const server = createSecureServer({ key: pem, cert: certificate }, (_, response) => void response.end("true"));
  server.on("secureConnection", ({ servername }) => names.push(servername || undefined));
  return { port: await listening(server), names };
}

test("a certificate that nobody vouches for is told by Node's own code", async () => {
  const { port } = await securely();
  const probe = { url: `https://127.0.0.1:${port}/`, host: "api.ohmycoins.test", within: 5000 };
  expect(await door()(probe)).toMatchObject({ outcome: "tls", why: "DEPTH_ZERO_SELF_SIGNED_CERT" });
});

test("the TLS server name is the host's, and the certificate must be for it", async () => {
  const before = getCACertificates("default");
  setDefaultCACertificates([certificate]);
  closing.push(() => setDefaultCACertificates(before));
  const { port, names } = await securely();
  const ask = (host: string) => door()({ url: `https://127.0.0.1:${port}/`, host, within: 5000 });
  expect(await ask("api.ohmycoins.test")).toMatchObject({ outcome: "answered", body: "true" });
  expect(names).toEqual(["api.ohmycoins.test"]);
  expect(await ask("dashboard.ohmycoins.test")).toMatchObject({ outcome: "tls", why: "ERR_TLS_CERT_ALTNAME_INVALID" });
});

test("a handshake tells what is shown, whether or not it is trusted, and asks for nothing", async () => {
  const { port, names } = await securely();
  const met = await door().handshake({ url: `https://127.0.0.1:${port}/`, host: "dashboard.ohmycoins.test", within: 5000 });
  expect(met).toEqual({
    ...{ ms: expect.any(Number), outcome: "shown", distrust: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    certificate: {
      names: ["api.ohmycoins.test"],
      issuer: "api.ohmycoins.test",
      notBefore: "2020-01-01T00:00:00.000Z",
      notAfter: "2120-01-01T00:00:00.000Z",
    },
  });
  await expect.poll(() => names).toEqual(["dashboard.ohmycoins.test"]);
  // An address is no server name.
  await door().handshake({ url: `https://127.0.0.1:${port}/`, within: 5000 });
  await expect.poll(() => names).toEqual(["dashboard.ohmycoins.test", undefined]);
});

test("a handshake that does not come about is told apart as any request is", async () => {
  const shake = (port: number, within = 5000) => door().handshake({ url: `https://127.0.0.1:${port}/`, within });
  expect(await shake(2)).toMatchObject({ outcome: "refused", why: "ECONNREFUSED" });
  expect(await shake(await serving((_, response) => void response.end()))).toMatchObject({ outcome: "tls" });
  expect(await shake(await raw((socket) => socket.destroy()))).toMatchObject({ outcome: "reset" });
  expect(await shake(await raw(() => {}), 100)).toMatchObject({ outcome: "timeout", why: "no handshake within 100 ms" });
  const stop = new AbortController();
  const silent = await raw(() => stop.abort(new Error("interrupted")));
  await expect(door().handshake({ url: `https://127.0.0.1:${silent}/`, within: 60_000 }, stop)).rejects.toThrow("interrupted");
});

test("TLS spoken to a plain server is told as such", async () => {
  const port = await serving((_, response) => void response.end());
  expect(await door()({ url: `https://127.0.0.1:${port}/`, within: 5000 })).toMatchObject({ outcome: "tls" });
});

test("an abort ends it at once, with its own reason", async () => {
  const stop = new AbortController();
  const silent = await serving(() => stop.abort(new Error("interrupted")));
  const web = door();
  await expect(web({ ...at(silent), within: 60_000 }, stop)).rejects.toThrow("interrupted");
  await expect(web(at(silent), stop)).rejects.toThrow("interrupted");
});

test("a fault of our own is not laid to the endpoint", async () => {
  const port = await serving((_, response) => void response.end());
  await expect(door()({ ...at(port), host: "no\nhost" })).rejects.toThrow();
});
