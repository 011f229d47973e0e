import { statSync } from "node:fs";
import { judgeDeployment } from "./judge-deployment.ts";
import type { Options } from "./options.ts";
import { say } from "./output.ts";

const reporters = { "sign-off": "md", "sign-off-html": "html" } as const;

/** Judges by what a sprint's sign-off asks for. Unless reports are named, it writes the one that people sign, as Markdown and as HTML. */
export async function signOff(options: Options): Promise<number> {
  const before = new Map<string, number | undefined>();
  const usual = ({ deployment }: { readonly deployment: string }) =>
    Object.entries(reporters).map(([reporter, ending]) => {
      const path = `reports/${fileName(deployment)}-sign-off.${ending}`;
      before.set(path, writtenAt(path));
      return `${reporter}:${path}`;
    });
  const exitCode = await judgeDeployment("sign-off", options, "0", usual);
  // What could not be written was said, and an older one may be in its place.
  const written = [...before].filter(([path, time]) => writtenAt(path) !== time).map(([path]) => path);
  if (written.length > 0) say(`The sign-off is written to ${written.join(" and ")}.`);
  return exitCode;
}

const writtenAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** The deployment's name as one part of a path, whatever is in it. */
function fileName(deployment: string): string {
  const name = deployment.replaceAll(/[^\p{L}\p{N}_.-]+/gu, "-").replace(/^[.-]+/, "");
  return name.slice(0, 100) || "deployment";
}
