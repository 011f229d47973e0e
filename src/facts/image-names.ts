/** The parts of an image's name, as a task definition writes it. */
export function imageParts(image: string): { readonly repository: string; readonly tag: string | null; readonly digest: string | null } {
  const [written = "", digest = null] = image.split("@");
  const [, repository = written, tag = null] = /^(.*):([^/:]+)$/.exec(written) ?? [];
  return { repository, tag, digest };
}

/** Whether an image's name is the expected one, in which * stands for anything. */
export function imageMatches(expected: string, image: string): boolean {
  const pattern = expected.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(image);
}

/** Whether an image is named by tag and the expected one by digest, or the other way round, so that the names alone do not tell. */
export const namedDifferently = (expected: string, image: string): boolean =>
  !imageMatches(expected, image) && (imageParts(image).digest === null) === expected.includes("sha256:");

/**
 * Whether an image comes from Docker Hub, as it does where its name says no host.
 * @see https://docs.docker.com/reference/cli/docker/image/tag/
 */
export function isOnDockerHub(image: string): boolean {
  const [first = "", ...rest] = image.split("/");
  const host = rest.length > 0 && (/[.:]/.test(first) || first === "localhost") ? first : "docker.io";
  return /^((index|registry-1)\.)?docker\.io$|^registry\.hub\.docker\.com$/.test(host);
}
