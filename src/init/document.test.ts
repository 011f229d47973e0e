import { expect, test } from "vitest";
import { fc, property } from "../../test/property.ts";
import { parseSource } from "../cli/configuration/parse.ts";
import { interpolated } from "../cli/configuration/source.ts";
import type { Json } from "../fact.ts";
import { written } from "./document.ts";

const read = (text: string) => interpolated(parseSource(text, "f"), { NAME: "taken", A: "taken" });

const awkward = fc.constantFrom(
  ...[
    "a: b",
    "# no comment",
    "*alias",
    "&anchor",
    "- item",
    "? key",
    "!tag",
    "%x",
    "@at",
    "`tick`",
    "true",
    "null",
    "~",
    "1e3",
    "0x1f",
    "017",
  ],
  ...[
    "",
    " lead",
    "trail ",
    "a\nb",
    "a\r\nb",
    "tab\there",
    '"quoted"',
    "'single'",
    "{a}",
    "[a]",
    "a,b",
    "é",
    "日本",
    "👍",
    "\u2028",
    "\u0000",
    "<<",
  ],
  ...[`\${NAME}`, `$\${NAME}`, `$$\${A}`, "${", "}", "$", `\${not-a-name}`, `x\${A}y\${NAME}`, "2024-01-01", "17.2", "---", "..."],
);
const name = fc.oneof(awkward, fc.string(), fc.string({ unit: "binary" }));
// That one is no key of an object's own.
const key = name.filter((one) => one !== "__proto__");

property.prop([fc.dictionary(key, fc.record({ keys: fc.array(name), host: name })), fc.array(name), fc.boolean(), name])(
  "whatever things are called, what is read back is what was written",
  (services, dashboards, flat, remark) => {
    const remarks = Object.fromEntries(Object.keys(services).map((one) => [one, [remark]]));
    const text = written(
      [remark],
      [
        { key: "services", value: services as unknown as Json, flat, remarks, about: remark, notes: [remark] },
        { key: "shown", instead: { x: dashboards }, notes: [remark] },
        { key: "dashboards", value: dashboards, about: remark },
        { key: "last", notes: [remark] },
      ],
    );
    const { value, unset } = read(text);
    expect(value).toEqual({ services, dashboards });
    expect(unset).toEqual([]);
  },
);

test("the same parts give the same text, with comments above and lists on one line", () => {
  const parts = [
    { key: "deployment", about: "What reports call it.", value: "shop" },
    { key: "cluster", value: "shop-cluster" },
    { key: "alarms", about: "Set so.", flat: true, value: { cpu: { threshold: 80, comparison: ">" } }, remarks: { cpu: ["Terraform's."] } },
    { key: "endpoints", about: "Where users knock.", notes: ["web is left out."], instead: { web: { url: "http://shop" } } },
    { key: "dashboards", value: ["shop", "a, b"] },
  ];
  expect(written(["Head."], parts)).toBe(`# Head.

# What reports call it.
deployment: shop
cluster: shop-cluster

# Set so.
alarms:
  # Terraform's.
  cpu: { threshold: 80, comparison: ">" }

# Where users knock.
# web is left out.
# endpoints:
#   web:
#     url: http://shop

dashboards: [shop, "a, b"]
`);
});
