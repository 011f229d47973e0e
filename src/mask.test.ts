import { describe, expect, test } from "vitest";
import { fc, property } from "../test/property.ts";
import { discretion } from "./mask.ts";

const hiding = (...contents: string[]) => {
  const { hide, mask } = discretion();
  contents.forEach(hide);
  return mask;
};
const value = "[masked: a value of the secret]";

describe("known values", () => {
  const password = `p"a ss/w+ö\\rd'&<9>`;
  const mask = hiding(JSON.stringify({ SMTP_PASSWORD: password, DATABASE_URL: "postgres://app:s3cr%2Fet!@db.internal/app", PORT: "587" }));
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  test.each<[string, string]>([
    ["as it is", password],
    ["as JSON", JSON.stringify(password).slice(1, -1)],
    ["as JSON in JSON", JSON.stringify(JSON.stringify(password)).slice(3, -3)],
    ["as JSON in ASCII", JSON.stringify(password).slice(1, -1).replace("ö", "\\u00f6")],
    ["in a URL", encodeURIComponent(password)],
    ["in a form", new URLSearchParams({ p: password }).toString().slice(2)],
    ["in a URL in lower case", encodeURIComponent(password).replace(/%../g, (octet) => octet.toLowerCase())],
    ["as hexadecimal digits", Buffer.from(password).toString("hex")],
    ["in HTML", "p&quot;a ss/w+ö\\rd&#39;&amp;&lt;9&gt;"],
  ])("are masked %s", (_, written) => {
    expect(mask(`<<${written}>>`)).toBe(`<<${value}>>`);
  });

  test.each(["", "u", "us", "user:", "someone:"])("are masked in the base64 of %j and what follows", (before) => {
    const masked = mask(`see ${base64(`${before}${password}!`)} there`);
    expect(masked).toContain("[masked: ");
    // What is left of it tells no letter of the value.
    expect(Buffer.from(masked.replace("see ", "").replace(/\[masked.*/, ""), "base64").toString()).not.toMatch(/p"/);
  });

  test("the password of a URL is one by itself, as it is and decoded", () => {
    expect(mask("got s3cr%2Fet! and s3cr/et!")).toBe(`got ${value} and ${value}`);
  });

  test("short and ordinary ones are left alone, since they would tear every line to pieces", () => {
    const mask = hiding(JSON.stringify({ A: "587", B: "true", C: "smtp", D: "production", E: "localhost", F: true, G: "" }));
    const line = "587 true smtp production localhost";
    expect(mask(line)).toBe(line);
  });

  test("two that overlap leave no piece of either", () => {
    expect(hiding('{"a":"abcdefgh","b":"fghijklm"}', '{"c":"cdefgh"}')("xabcdefghijklmx")).toBe(`x${value}x`);
    expect(hiding('{"b":"SECRET","a":"abcSECRETdef"}')("abcSECRETdef")).toBe(value);
  });

  test("of a key over many lines each is masked, and the lines around it stay", () => {
    const mask = hiding(JSON.stringify({ KEY: "first line\nsecond line\r\nthird line" }));
    expect(mask("a\nfirst line\nb\nthird line")).toBe(`a\n${value}\nb\n${value}`);
  });

  test.each(["password: hunter-twelve", '{"A":"hunter-twelve', '["hunter-twelve"]', '{"a":{"b":["hunter-twelve"]}}', "hunter-twelve"])(
    "%s is a secret too, JSON or not",
    (content) => {
      for (const one of [content, `\uFEFF${content}`, JSON.stringify(content)])
        expect(hiding(one)("it is hunter-twelve!")).toContain(value);
    },
  );

  test("a value that stands in what is put in its place does no harm", () => {
    const mask = hiding("secret", "masked", "a value");
    expect(mask(mask("my secret"))).toBe(`my ${value}`);
  });

  test("there is no way to what is hidden", () => {
    const one = discretion();
    one.hide("hunter-twelve");
    expect(JSON.stringify(one)).toBe("{}");
    expect(Object.keys(one)).toEqual(["hide", "mask"]);
    expect(one.hide("hunter-twelve")).toBeUndefined();
    expect(`${one.mask.toString()}${one.hide.toString()}`).not.toContain("hunter");
  });
});

describe("what looks like a credential", () => {
  const mask = hiding();
  test.each([
    ["key AKIAIOSFODNN7EXAMPLE used", "key [masked: an AWS access key] used"],
    ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "[masked: an AWS secret key]"],
    ["aws_secret_access_key=wJalrXUtnFEMI", "aws_secret_access_key=[masked: a credential]"],
    ["Authorization: Bearer abc.def-ghi", "Authorization: [masked: a credential]"],
    ["sent Bearer s0me-opaque-thing", "sent Bearer [masked: a token]"],
    ["sent Basic dXNlcjpwYXNz", "sent Basic [masked: a token]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s-ig_n4tur3", "[masked: a JWT]"],
    ["to postgresql+asyncpg://app:p@ss/w@db.internal:5432/app", "to postgresql+asyncpg://app:[masked: a password]@db.internal:5432/app"],
    ["redis://:hunter2@cache:6379/0", "redis://:[masked: a password]@cache:6379/0"],
    ["https://0123456789abcdefghij@sentry.io/1", "https://[masked: a token]@sentry.io/1"],
    ['{"password": "hunter2", "user": "me"}', '{"password": [masked: a credential], "user": "me"}'],
    ['{\\"password\\": \\"hun ter2\\", \\"user\\": 1}', '{\\"password\\": [masked: a credential], \\"user\\": 1}'],
    ["{'api_key': 'it is this', 'b': 1}", "{'api_key': [masked: a credential], 'b': 1}"],
    ["SMTP_PASSWORD=hunter2 PORT=587", "SMTP_PASSWORD=[masked: a credential] PORT=587"],
    ["dbPassword => hunter2;", "dbPassword => [masked: a credential];"],
    ["?access_token=abc&x=1", "?access_token=[masked: a credential]&x=1"],
    ["mysql --password hunter2 -h db", "mysql --password [masked: a credential] -h db"],
    ["id 5f4dcc3b5aa765d61d8327deb882cf99 end", "id [masked: a long number] end"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIB\nAB==\n-----END RSA PRIVATE KEY-----\nafter", "[masked: a PEM block]\nafter"],
    ["before\n-----BEGIN PRIVATE KEY-----\nMIIB\nmore", "before\n[masked: a PEM block]"],
    ["MIIBxyz\nAB==\n-----END PRIVATE KEY-----\nafter", "[masked: a PEM block]\nafter"],
  ])("%s", (text, masked) => {
    expect(mask(text)).toBe(masked);
    expect(mask(masked)).toBe(masked);
  });

  test.each([
    "Traceback (most recent call last):",
    '  File "/usr/local/lib/python3.12/site-packages/sqlalchemy/engine/default.py", line 943, in do_execute',
    "KeyError: 'SMTP_PASSWORD'",
    'psycopg2.OperationalError: FATAL:  password authentication failed for user "app"',
    "pydantic_core.ValidationError: 1 validation error for Settings",
    "password=None, token=null",
    "connecting to postgres://db.internal:5432/app",
    "at AbstractSingletonProxyFactoryBean2.createInstance(com/example/Something3.java:17)",
    "arn:aws:secretsmanager:ap-southeast-2:220711411889:secret:app-AbCdEf",
    "image 220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/app@sha256:5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99",
    "Basic authentication is not configured",
    "8f0c1d6b-2e9a-47d5-b3c8-e1f20a6d4b79",
  ])("and nothing else: %s", (text) => {
    expect(mask(text)).toBe(text);
  });
});

describe("whatever a secret holds, and wherever it stands", () => {
  const secret = fc.string({ unit: fc.constantFrom(..."aZ9ЖΩ~%7&*/+=\"'\\ <>$^\n"), minLength: 6, maxLength: 60 });
  // Signs of which no secret and no name of a credential is made.
  const around = fc.string({ unit: fc.constantFrom(..."|#_;?!"), maxLength: 20 });
  // The last sign of base64 may depend on what follows.
  const whole = (base64: string, text: string) => base64.slice(0, Math.floor((Buffer.byteLength(text) * 8) / 6));
  const writings: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify(text).slice(1, -1),
    (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
    encodeURIComponent,
    (text) =>
      encodeURIComponent(text)
        .replace(/%../g, (octet) => octet.toLowerCase())
        .replaceAll("%20", "+"),
    (text) => whole(Buffer.from(text).toString("base64"), text),
    (text) => whole(Buffer.from(text).toString("base64url"), text),
    (text) => Buffer.from(text).toString("hex"),
  ];

  property.prop([secret, around, around, fc.nat(writings.length - 1)])("it is masked", (content, before, after, n) => {
    const mask = hiding(JSON.stringify({ KEY: content }));
    const written = writings[n]?.(content) ?? "";
    expect(mask(`${before}|${written}|${after}`)).not.toContain(written);
  });

  property.prop([fc.array(secret, { maxLength: 4 }), fc.string({ maxLength: 200 })])("masking twice is masking once", (contents, text) => {
    const mask = hiding(...contents);
    const once = mask(`${text}${contents[0] ?? ""}${text}`);
    expect(mask(once)).toBe(once);
  });

  property.prop([fc.string({ unit: fc.constantFrom(..."abcdef xyz.,\n()"), maxLength: 200 })])("prose is left as it is", (text) => {
    expect(hiding('{"KEY":"Ω-secret-Ω"}')(text)).toBe(text);
  });

  property.prop([fc.uint8Array({ minLength: 48, maxLength: 96 })])("random bytes in base64 are seen", (bytes) => {
    fc.pre(new Set(bytes).size > 40);
    expect(hiding()(` ${Buffer.from(bytes).toString("base64")} `)).toMatch(/^ \[masked: [\w ]+\] $/);
  });
});
