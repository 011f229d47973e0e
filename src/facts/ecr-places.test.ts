import { expect, test } from "vitest";
import { byRepository, imageName, inAnyRepository, placeOf } from "./ecr-places.ts";

const here = { registry: "220711411889", region: "ap-southeast-2", repository: "team/app", id: { imageTag: "1" } };
const digest = `sha256:${"a".repeat(64)}`;

test.each<[string, object | null]>([
  ["220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/team/app:1", here],
  ["220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/team/app", { ...here, id: { imageTag: "latest" } }],
  [`220711411889.dkr.ecr.ap-southeast-2.amazonaws.com/team/app:1@${digest}`, { ...here, id: { imageDigest: digest } }],
  ["220711411889.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app:1", { ...here, region: "cn-north-1" }],
  ["220711411889.dkr.ecr-fips.us-gov-west-1.amazonaws.com/team/app:1", { ...here, region: "us-gov-west-1" }],
  ["220711411889.dkr-ecr.ap-southeast-2.on.aws/team/app:1", here],
  ["public.ecr.aws/team/app:1", null],
  ["team/app:1", null],
])("%s is where its name says", (image, place) => {
  expect(placeOf(image)).toEqual(place);
  expect(imageName(image)).toBe(place === null ? image : image.slice(image.indexOf("/") + 1));
});

test("each repository is asked once, and each image gets its answer", async () => {
  const asked: unknown[] = [];
  const image = (region: string, name: string) => `220711411889.dkr.ecr.${region}.amazonaws.com/${name}`;
  const images = [image("us-east-1", "a:1"), image("us-east-1", "a:2"), image("us-east-1", "b:1"), image("eu-west-1", "a:1"), "nginx"];
  const answers = await byRepository(images, async ({ region, repository }, ids) => {
    asked.push([region, repository, ids]);
    return asked.length;
  });
  expect(asked).toEqual([
    ["us-east-1", "a", [{ imageTag: "1" }, { imageTag: "2" }]],
    ["us-east-1", "b", [{ imageTag: "1" }]],
    ["eu-west-1", "a", [{ imageTag: "1" }]],
  ]);
  expect([...answers]).toEqual([
    [images[0], 1],
    [images[1], 1],
    [images[2], 2],
    [images[3], 3],
  ]);
});

test("a policy allows any repository of the account, in any region, and those of others that are named", () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:ap-southeast-2:220711411889:${resource}`;
  expect(inAnyRepository("ecr:DescribeImages", arn)).toEqual({ "ecr:DescribeImages": ["arn:aws:ecr:*:220711411889:repository/*"] });
  expect(inAnyRepository("ecr:DescribeImages", arn, ["111122223333"])).toEqual({
    "ecr:DescribeImages": ["arn:aws:ecr:*:220711411889:repository/*", "arn:aws:ecr:*:111122223333:repository/*"],
  });
});
