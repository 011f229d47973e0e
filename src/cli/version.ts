import manifest from "../../package.json" with { type: "json" };

/** The version of this seaworthy. */
export const { version } = manifest;
