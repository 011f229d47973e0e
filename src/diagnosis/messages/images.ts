import type { Alternative, Rule } from "./rule.ts";

const gone: Alternative = {
  cause: "image-not-found",
  tellsApart: "the registry lists no such tag or digest: aws ecr describe-images, or docker manifest inspect for another registry",
};
const denied: Alternative = {
  cause: "image-pull-denied",
  tellsApart: "the image is there, and the role or the repository's policy does not let the task pull it",
};
const limited: Alternative = {
  cause: "image-pull-rate-limited",
  tellsApart: "the image is on Docker Hub or public ECR, and pulls work again later",
};
const unreachable: Alternative = {
  cause: "image-registry-unreachable",
  tellsApart: "other images of that registry cannot be pulled from this subnet either",
};
const disk: Alternative = { cause: "disk-full", tellsApart: "the image, unpacked, is about as large as the disk that is left" };
const internal: Alternative = { cause: "platform-internal-error", tellsApart: "the same image is pulled at the next try" };
const logs: Alternative = { cause: "log-group-missing", tellsApart: "the rest of the message speaks of a logging driver" };
const secrets: Alternative = {
  cause: "secrets-unreachable-network",
  tellsApart: "the task definition names secrets, and the network has a way to ECR",
};

/** Pulling. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
export const images: readonly Rule[] = [
  {
    cause: "image-pull-rate-limited",
    says: /toomanyrequests(?!exception)|\b429\b:? too many|pull rate limit|docker hub .*rate limit|(status|status code|error):? .{0,40}\b429\b/,
  },
  {
    cause: "image-platform-mismatch",
    says: /exec format error|descriptor matching platform|no match(ing manifest)? for|(does not|doesn't) match .*platform|unsupported architecture|mismatched image rootfs|(register|extract) layer\b.*(lchown|invalid tar|cannot be mapped)|no processor for media-type|get stream processor|operating system .*cannot be used|image platform .*does not match|image is incompatible with|container operating system does not match|no child with platform|unsupported (media ?type|manifest)|cannot be used on this platform/,
  },
  // ECR answers 403, and not 404, for a digest that it does not hold.
  { cause: "image-not-found", when: ({ raw, subject }) => subject === "registry" && /@sha256:.*\b403\b/i.test(raw), open: [denied] },
  { cause: "image-pull-denied", says: /pull access denied/, open: [gone] },
  { cause: "image-pull-denied", about: "registry", says: /\b403\b/, open: [gone] },
  { cause: "image-pull-rate-limited", about: "registry", says: /too many requests/ },
  {
    cause: "image-not-found",
    says: /(repository|image|layers)notfound(exception)?|manifest unknown|name unknown|no such image/,
    unless: /denied/,
  },
  { cause: "api-throttled", about: "registry", says: /throttlingexception|throttled/ },
  {
    cause: "image-pull-denied",
    about: "registry",
    when: ({ refused, text }) => refused || /insufficient_scope|incorrect username|token has expired|may require/.test(text),
  },
  { cause: "image-pull-denied", says: /permissions to pull images|pull through cache rule/, open: [gone] },
  {
    cause: "image-not-found",
    about: "registry",
    says: /\(404\)[\s.]*$/,
    open: [denied],
  },
  {
    cause: "image-not-found",
    about: "registry",
    says: /not found|manifest unknown|name unknown|\b404\b|does not exist|no such image|(repository|image|tag)notfound|invalid tag/,
  },
  { cause: "disk-full", says: /extract layer .*\bwrite path/, open: [internal] },
  { cause: "image-registry-unreachable", says: /extract layer .*\bcontext/, open: [disk, internal] },
  { cause: "image-registry-unreachable", about: "registry", when: ({ unreached }) => unreached },
  { cause: "image-registry-unreachable", says: /can't pull the image\. check your network/ },
  {
    cause: "image-registry-unreachable",
    says: /daemon: (get|head) |net\/http: (request|tls)/,
    when: ({ unreached, subject }) => unreached && subject === undefined,
  },
  { cause: "image-registry-unreachable", core: /^context cancell?ed$/, open: [denied, internal] },
  { cause: "image-registry-unreachable", when: ({ text }) => text === "api error", open: [gone, denied, logs] },
  { cause: "image-registry-unreachable", says: /pull command failed: :? ?signal: (killed|terminated)/, open: [secrets, internal] },
  { cause: "image-registry-unreachable", says: /pull command failed: panic/, open: [denied, internal] },
  {
    cause: "image-registry-unreachable",
    about: "registry",
    says: /unexpected status.*\b5\d\d\b|service unavailable|bad gateway/,
    open: [internal],
  },
  // The status is cut off, or all but its first digit.
  { cause: "image-pull-rate-limited", says: /unexpected status code( url-of-registry\W*4?)?[\s.:…]*$/, open: [denied, unreachable, gone] },
  { cause: "image-registry-unreachable", about: "registry", says: /error pulling image conf/, open: [limited, denied, gone] },
  {
    cause: "invalid-task-configuration",
    says: /normalize image reference|invalid reference format|invalid (image|repository) (name|reference)|must be canonical/,
    open: [gone],
  },
  // Every task asks ECR, and not every one has secrets.
  {
    cause: "image-registry-unreachable",
    says: /unable to pull secrets or registry auth/,
    when: ({ unreached, subject }) => unreached && subject === undefined,
    open: [secrets],
  },
];
