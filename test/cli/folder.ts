import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadWorlds, serveWorld } from "../../fixtures/demo.ts";
import { type Circumstances, type Ended, seaworthy } from "./seaworthy.ts";

const example = join(import.meta.dirname, "../../examples/ohmycoins-prod.seaworthy.yaml");

/** A folder with the configuration of the worlds, and commands that are run there against one of them. */
export interface Folder {
  readonly path: (name: string) => string;
  /** The command, on the AWS of a world; what is asked of its endpoints is left out, since their names lead nowhere here. */
  readonly on: (world: string, args: readonly string[], more?: Circumstances) => Promise<Ended>;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

/** Serves worlds, and writes the example's configuration; `change` may say it otherwise. */
export async function folderOn(worlds: readonly string[], change: (yaml: string) => string = (yaml) => yaml): Promise<Folder> {
  const directory = await mkdtemp(join(tmpdir(), "seaworthy-"));
  const text = (await readFile(example, "utf8")).replace(/^(checks|history):.*$/gm, "");
  await writeFile(join(directory, "seaworthy.config.yaml"), change(text));
  const named = (await loadWorlds()).filter(({ name }) => worlds.includes(name));
  const served = new Map(await Promise.all(named.map(async (world) => [world.name, await serveWorld(world)] as const)));
  return {
    path: (name) => join(directory, name),
    on(world, [command = "", ...args], { env, ...more } = {}) {
      const endpoint = served.get(world)?.endpoint ?? "";
      const access = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "example", AWS_ENDPOINT_URL: endpoint };
      const calm = ["--skip", "7xx", "--wait", "0", "--quiet"];
      return seaworthy([command, ...calm, ...args], { directory, ...more, env: { ...access, ...env } });
    },
    run: (...args) => seaworthy(args, { directory }),
    async close() {
      await Promise.all([...served.values()].map((one) => one.close()));
      await rm(directory, { recursive: true });
    },
  };
}
