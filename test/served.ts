import { loadWorlds, type ServedWorld, serveWorld } from "../fixtures/demo.ts";

/** A world of the embedded AWS, by its name, at an endpoint of its own; whoever asks for it closes it. */
export async function served(name: string): Promise<ServedWorld> {
  const world = (await loadWorlds()).find((one) => one.name === name);
  if (!world) throw new Error(`there is no world ${name}`);
  return serveWorld(world);
}
