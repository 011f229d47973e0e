import { expect, test } from "vitest";
import { story } from "../../../test/cli/reports.ts";
import { linesOf } from "./lines.ts";

const lines = { secrets: 3, "secrets/app": 4, services: 10, "services/web": 11, alarms: 20, "alarms/cpu/high": 21, notifications: 30 };
const of = (file: string, links: [string, string][] = []) => ({
  ...{ ...story(), links },
  origin: { by: null, commit: null, url: null, configuration: { file, lines } },
});

test("a subject is spoken of where its name stands, and a part where the whole does", () => {
  const lineOf = linesOf(of("deploy.yaml"));
  expect(lineOf("secret:app")).toEqual({ file: "deploy.yaml", line: 4 });
  expect(lineOf("service:web")?.line).toBe(11);
  expect(lineOf("container:web/nginx")?.line).toBe(11);
  expect(lineOf("alarm:cpu/high")?.line).toBe(21);
});

test("else where what it leans on does, or what leans on it; else its section, else the top", () => {
  const lineOf = linesOf(
    of("deploy.yaml", [
      ["target-group:web-tg", "service:web"],
      ["alarm:cpu/high", "topic:alerts"],
    ]),
  );
  expect(lineOf("target-group:web-tg")?.line).toBe(11);
  expect(lineOf("topic:alerts")?.line).toBe(21);
  expect(lineOf("secret:other")?.line).toBe(3);
  expect(lineOf("caller:caller")?.line).toBe(1);
});

test("the file is seen from the root of the repository, with its slashes", () => {
  expect(linesOf(of("..\\deploy.yaml"), { folder: "infra/prod" })("secret:app")?.file).toBe("infra/prod/../deploy.yaml");
});

test("without a configuration there is no line", () => {
  expect(linesOf(story())("secret:app")).toBeNull();
});
