import { loadWorlds } from "../../fixtures/demo.ts";
import { play } from "../../fixtures/play.ts";
import { countdown, suiteOf } from "../../src/vitest.ts";

// The deployment of a configuration, or a world of the embedded AWS: npx vitest run --project deployment
const { SEAWORTHY_CONFIG: config, SEAWORTHY_WORLD: name = "healthy", SEAWORTHY_STRICT: strict } = process.env;
const how = { strict: strict !== undefined, tags: true };

if (config === undefined) {
  const world = (await loadWorlds()).find((one) => one.name === name);
  if (!world) throw new Error(`there is no world "${name}": seaworthy demo --list names them all`);
  suiteOf((await play(world, { wire: true })).report, how);
} else {
  await countdown({ config, ...how });
}
