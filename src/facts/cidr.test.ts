import { expect, test } from "vitest";
import { covers, internet, isInternal, overlaps, prefixLength, sixthInternet } from "./cidr.ts";

test.each([
  [internet, "10.0.0.0/16", true],
  ["10.0.0.0/16", "10.0.11.0/24", true],
  ["10.0.11.0/24", "10.0.0.0/16", false],
  ["10.0.0.0/16", "10.1.0.0/24", false],
  ["10.0.0.0/16", "10.0.3.4", true],
  ["203.0.113.7/32", "203.0.113.7/32", true],
  [sixthInternet, "2406:da1c::/32", true],
  ["2406:da1c:123:4500::/56", "2406:da1c:123:4510::/64", true],
  ["2406:da1c:123:4500::/56", "2406:da1c:123:4600::/64", false],
  [internet, sixthInternet, false],
  ["pl-6ca54005", "10.0.0.0/16", false],
  [internet, "pl-6ca54005", false],
])("%s covers %s: %s", (outer, inner, so) => {
  expect(covers(outer, inner)).toBe(so);
});

test("two ranges overlap where one is within the other, whichever it is", () => {
  expect(overlaps("10.0.0.0/16", "10.0.11.0/24")).toBe(true);
  expect(overlaps("10.0.11.0/24", "10.0.0.0/16")).toBe(true);
  expect(overlaps("10.0.11.0/24", "10.0.12.0/24")).toBe(false);
});

test("the addresses of private networks are on no internet, and a range that is half one is", () => {
  expect(["10.0.0.0/16", "172.20.0.0/16", "192.168.1.0/24", "100.64.1.0/24", "fd00::/8"].map(isInternal)).toEqual(Array(5).fill(true));
  expect(["0.0.0.0/0", "172.0.0.0/8", "52.94.0.0/16", "2406:da1c::/32"].map(isInternal)).toEqual(Array(4).fill(false));
});

test("what is no range has no prefix", () => {
  expect([prefixLength("10.0.0.0/16"), prefixLength("10.0.0.1"), prefixLength("pl-6ca54005"), prefixLength("1.2.3")]).toEqual([
    16, 32, -1, -1,
  ]);
});
