/** What a name is replaced with, so that no word in it can be taken for one of AWS's. Of a host or an ARN the service stays. */
const masks: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/https?:\/\/\S*ecs-volume-plugin[^\s"'()]*/g, " amazon-ecs-volume-plugin "],
  [/https?:\/\/[^\s"'()]*/g, (url) => ` url-of-${serviceAt(url)} `],
  [/arn:aws[\w-]*:[^\s"'(),]*/g, (arn) => ` arn-of-${arn.split(":")[2] || "something"} `],
  [/arn:[\w-]*$/, ""],
  [/\(service [^\s(),]+/g, "(service"],
  [/[\w.*-]+\.dkr\.[^\s"'(),]*/g, " image-ref "],
  [/\b(docker\.io|public\.ecr\.aws|ghcr\.io|quay\.io|gcr\.io)\/[^\s"'(),]*/g, " image-ref "],
  [/((?:resolve ref(?:erence)?|manifest for|denied for|pull image|cannot pull|repository) )["']?[^\s"']*[/:.@][^\s"']*/g, "$1 image-ref "],
  [/\bsha256:\w*/g, " digest "],
  [/json key \S+/g, "json key"],
  [/capacity provider [^\s.]+(?=\.| )/g, "capacity provider"],
  [/\(requesttoken:[^)]*\)?/g, ""],
  [/\(elb [^)]*\)?/g, "(elb)"],
  [/target-group \(?[^\s()]+\)?/g, "target-group"],
  [/container '[^']*'/g, "container"],
  [/exec: "[^"]*"/g, "exec: program"],
  [/(?<!\S)["'(]*(?!i\/o|stopped\/|net\/http|linux\/|windows\/)[^\s"'()…]*\/(?:(?!\.\.\.)[^\s"'()…])*/g, " path "],
];

const services: readonly (readonly [string, RegExp])[] = [
  ["registry", /\.ecr\.|registry|docker\.(io|com)|ghcr\.|quay\.|gcr\.|starport|\/v2\//],
  ["secretsmanager", /\/\/secretsmanager\./],
  ["ssm", /\/\/ssm\./],
  ["logs", /\/\/logs\./],
];

const serviceAt = (url: string) => services.find(([, host]) => host.test(url))?.[0] ?? "something";

/** A text in lower case in which names, ARNs, URLs, images and paths are masked. */
export const masked = (text: string): string =>
  masks
    .reduce((said, [name, mask]) => (typeof mask === "string" ? said.replace(name, mask) : said.replace(name, mask)), text)
    .replace(/\s+/g, " ")
    .replaceAll(" )", ")")
    .trim();
