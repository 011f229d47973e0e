import { fc, test } from "@fast-check/vitest";

/** What decides which cases a property is tried on: the same in every run, unless `SEED=random` or a number looks elsewhere. */
const { SEED = "20260118" } = process.env;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED === "random" ? Date.now() : Number(SEED) });

export { fc, test as property };
