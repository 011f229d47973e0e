import { expect, test } from "vitest";
import { sh } from "./check.ts";
import { placed } from "./placed.ts";

const place = (run: string, region: string | undefined = "ap-southeast-2", cluster = "prod") =>
  placed({ do: "Mend it.", run: [run] }, { cluster, region }).run[0];

test.each([
  ["aws ecs update-service --service web", "aws ecs update-service --cluster prod --region ap-southeast-2 --service web"],
  ["aws ecs wait services-stable --services web", "aws ecs wait services-stable --cluster prod --region ap-southeast-2 --services web"],
  [
    "aws ecs describe-task-definition --task-definition web:1",
    "aws ecs describe-task-definition --region ap-southeast-2 --task-definition web:1",
  ],
  ["aws ecs update-service --cluster other --service web", "aws ecs update-service --region ap-southeast-2 --cluster other --service web"],
  ["aws logs tail /ecs/web --region eu-west-1", "aws logs tail /ecs/web --region eu-west-1"],
  [
    "aws secretsmanager get-secret-value --secret-id a | jq keys",
    "aws secretsmanager get-secret-value --region ap-southeast-2 --secret-id a | jq keys",
  ],
  ["curl -i http://example.com/", "curl -i http://example.com/"],
])("%s names where it is meant", (command, expected) => {
  expect(place(command)).toBe(expected);
});

test("a region that is not known is left to the environment", () => {
  expect(placed({ do: "Mend it.", run: ["aws sns list-topics"] }, { cluster: "prod" }).run).toEqual(["aws sns list-topics"]);
});

test("what is filled in is quoted where a shell needs it", () => {
  expect(place("aws ecs update-service --service web", "eu-west-1", "my cluster")).toContain("--cluster 'my cluster'");
  expect(sh`aws x y --name ${"it's $(rm)"} --count ${2}`).toBe(`aws x y --name 'it'\\''s $(rm)' --count 2`);
});
