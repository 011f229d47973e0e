import { type Command, Option } from "commander";

// Looked up for whoever asks for help, so that no other run pays for it.
const asked = process.argv.some((word) => ["help", "-h", "--help"].includes(word));
const reporters = asked ? (await (await import("../reporters.ts")).reporterNames()).join(", ") : "how it is told";

/** What the command line of a run says, as commander hands it over. Everything is checked later, where it is used. */
export interface Options {
  readonly config?: string;
  readonly cluster?: string;
  readonly service?: readonly string[];
  readonly reporter?: readonly string[];
  readonly snapshot?: string;
  readonly saveSnapshot?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly wait?: string;
  readonly deadline?: string;
  readonly expectImage?: readonly string[];
  readonly expectRevision?: readonly string[];
  readonly failOn?: string;
  readonly strict?: boolean;
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly color?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Collects an option that may be given several times. */
export const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const words = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(",").filter((word) => word !== ""),
];

/** Which deployment is meant. */
export const deployment = (command: Command): Command =>
  command
    .option("-c, --config <file>", "the configuration; else the nearest seaworthy.config.{yaml,yml,json,ts,mts,js,mjs} upward")
    .option("--cluster <name>", "the ECS cluster; without a configuration, the rest is inferred from what is deployed")
    .addOption(new Option("--service <name...>", "these services of it").argParser(each));

/** Which checks are asked. */
export const selection = (command: Command): Command =>
  command
    .addOption(new Option("--only <check...>", "just these: an id, a number (210) or a station (2xx)").argParser(words))
    .addOption(new Option("--skip <check...>", "all but these").argParser(words));

/** How AWS is reached, besides by the SDK's own environment variables. */
export const connection = (command: Command): Command =>
  command
    .option("--region <region>", "the AWS region")
    .option("--profile <name>", "the AWS profile")
    .option("--endpoint-url <url>", "another AWS endpoint for every service");

/** How what was found is told. */
export const reporting = (command: Command): Command =>
  command
    .addOption(new Option("-r, --reporter <name[:path]>", `${reporters}; may be given several times`).argParser(each))
    .option("--save-snapshot <file>", "keep all readings, to judge them again offline")
    .option("--strict", "failing warnings end with exit code 4");

/** How long is waited. */
export const patience = (command: Command, wait: string): Command =>
  command
    .option("--wait <duration>", `how long to wait for what may still come true (default: ${wait}; 0 asks once)`)
    .option("--deadline <duration>", "for one round of asking (default: 60s)");

/** What a pipeline has just deployed. */
export const expectations = (command: Command): Command =>
  command
    .addOption(new Option("--expect-image <service/container=ref>", "the image that must be serving").argParser(each))
    .addOption(new Option("--expect-revision <service=n>", "the task definition revision that must be deployed").argParser(each))
    .addOption(new Option("--fail-on <what>", "new: the exit code is by regressions alone, compared with the last run that had none"));

/** How much is said, and in which colours. */
export const manners = (command: Command): Command =>
  command.option("--no-color", "no colours").option("--quiet", "no progress").option("--verbose", "with all evidence");
