import { expect, test } from "vitest";
import { covers } from "./certificate-names.ts";

test.each([
  ["api.example.com", "api.example.com", true],
  ["API.Example.com", "api.example.com.", true],
  ["*.example.com", "api.example.com", true],
  ["*.example.com", "a.api.example.com", false],
  ["*.example.com", "example.com", false],
  ["example.com", "api.example.com", false],
  ["*.com", "example.com", true],
])("%s for %s: %s", (name, host, good) => {
  expect(covers(["other.example.org", name], host)).toBe(good);
});
