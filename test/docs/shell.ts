import { execFile } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./papers.ts";
import { tools } from "./tools.ts";

/** How a command line ended, and what it said. */
export interface Outcome {
  readonly code: number;
  readonly said: string;
}

/** Whether what is packed is what is in the tree: it starts in a third of the time. */
function built(): boolean {
  const files = globSync(["{checks,fixtures,src}/**/*.ts", "package-lock.json"], { cwd: root });
  const changed = Math.max(...files.map((file) => statSync(join(root, file)).mtimeMs));
  return existsSync(join(root, "dist/main.js")) && statSync(join(root, "dist/main.js")).mtimeMs > changed;
}

const needed = ["bash", "cat", "echo", "grep", "head", "mkdir", "rm", "sed", "tee"];

/** A folder of programs in which a command line finds seaworthy of this tree, a stand-in for each known tool, and nothing else. */
export async function programsIn(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const node = (script: string) => `exec '${process.execPath}' '${join(root, script)}' "$@"`;
  const scripts = {
    seaworthy: node(built() ? "dist/main.js" : "src/cli/main.ts"),
    vitest: node("node_modules/vitest/vitest.mjs"),
    node: `exec '${process.execPath}' "$@"`,
    // As npx understands its own words: up to -- they are not the command's.
    npx: `case " $* " in *" -- "*) while [ "$1" != -- ]; do shift; done; shift ;; esac
case "$1" in seaworthy | vitest) exec "$@" ;; *) echo "npx $1 is not known" >&2; exit 127 ;; esac`,
    ...Object.fromEntries(Object.entries(tools).map(([name, { prints = "" }]) => [name, `cat <<'END'\n${prints}END`])),
  };
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  for (const name of needed) await symlink(join("/bin", name), join(folder, name));
  return folder;
}

/** A folder of packages in which a document's own modules find this one, as it is in this tree, and Vitest. */
export async function packagesIn(folder: string): Promise<void> {
  const own = join(folder, "seaworthy");
  await mkdir(own, { recursive: true });
  await symlink(join(root, "node_modules/vitest"), join(folder, "vitest"));
  await writeFile(join(own, "package.json"), '{ "type": "module", "exports": { "./vitest": "./vitest.js" } }');
  await writeFile(join(own, "vitest.js"), `export * from ${JSON.stringify(join(root, "src/vitest.ts"))};\n`);
}

/** Runs a command line as a pipeline would: a failure in the middle of a pipe is one. */
export function run(command: string, directory: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile("/bin/bash", ["--norc", "-uo", "pipefail", "-c", command], { cwd: directory, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, said: `${stdout}${stderr}` });
    });
    child.stdin?.end();
  });
}
