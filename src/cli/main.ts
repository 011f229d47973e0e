import { Command, CommanderError, Option } from "commander";
import { Mistake } from "../mistake.ts";
import type { HistoryOptions } from "./history.ts";
import type { InitOptions } from "./init.ts";
import { connection, deployment, each, expectations, manners, type Options, patience, reporting, selection } from "./options.ts";
import { survivePipes } from "./output.ts";
import { version } from "./version.ts";

// Whatever a command needs it imports itself, once it is chosen: `--version` and `--help` load next to nothing.
let exitCode = 0;
const ends = async (code: Promise<number>) => {
  exitCode = await code;
};

const program = new Command("seaworthy")
  .description("Is this deployment fit to carry traffic, and if not, what is the one thing to fix first? It only reads.")
  .version(version)
  .exitOverride()
  .showHelpAfterError("(seaworthy --help shows what there is)")
  .addHelpText(
    "after",
    "\nExit codes: 0 GO, 2 usage or configuration, 3 NO-GO, 4 GO with warnings under --strict, 5 HOLD, 130 and 143 interrupted.",
  );

const judging = (name: string, summary: string, wait: string): Command => {
  const command = deployment(program.command(name).description(summary));
  command.option("--snapshot <file>", "judge a saved snapshot, without any network");
  for (const add of [selection, reporting, expectations, connection]) add(command);
  return manners(patience(command, wait));
};

judging("gate", "post-deploy: is what was just deployed fit? Waits while things may still come true", "10m").action((options: Options) =>
  ends(import("./gate.ts").then(({ gate }) => gate(options))),
);
judging("checklist", "pre-scale-up: what would fail if it were scaled up now?", "0").action((options: Options) =>
  ends(import("./checklist.ts").then(({ checklist }) => checklist(options))),
);
judging("sign-off", "the sprint report, by what a sign-off asks for", "0").action((options: Options) =>
  ends(import("./sign-off.ts").then(({ signOff }) => signOff(options))),
);
manners(connection(deployment(program.command("gather").description("facts only, to be judged later: gate --snapshot"))))
  .requiredOption("-o, --output <file>", "where to write the snapshot")
  .option("--deadline <duration>", "for asking (default: 60s)")
  .action((options: Options & { output: string }) => ends(import("./gather.ts").then(({ gather }) => gather(options))));
manners(connection(program.command("init").description("write the configuration of what is deployed in a cluster")))
  .option("--cluster <name>", "the ECS cluster")
  .addOption(new Option("--service <name...>", "these services of it; else all").argParser(each))
  .addOption(new Option("--terraform <file...>", "what terraform show -json or terraform output -json printed").argParser(each))
  .option("-o, --output <file>", "where to write it; - for stdout", "seaworthy.config.yaml")
  .option("--force", "overwrite the file; else it is left as it is, the difference is shown, and init ends with 2")
  .option("--deadline <duration>", "for asking (default: 60s)")
  .action((options: InitOptions) => ends(import("./init.ts").then(({ init }) => init(options))));
manners(program.command("list").description("the countdown: every check, and what it weighs in each scene"))
  .option("-r, --reporter <name>", "json; else a table")
  .option("-c, --config <file>", "the configuration that names checks of your own; else the nearest upward")
  .action((options: { reporter?: string; config?: string }) => ends(import("./list.ts").then(({ list }) => list(options))));
manners(program.command("explain").description("what a check asks, why, and what it reads; or what a message of AWS means"))
  .argument("<check or message>", "the id or number of a check, a message in quotes, or - for messages on stdin, one on each line")
  .option("-r, --reporter <name>", "json, one line for each message; else for people")
  .option("-c, --config <file>", "the configuration that names checks of your own; else the nearest upward")
  .action((word: string, options: { reporter?: string; config?: string }) =>
    ends(import("./explain.ts").then(({ explain }) => explain(word, options))),
  );
manners(selection(deployment(program.command("policy").description("the least IAM policy that a run needs, as JSON"))))
  .option("--region <region>", "the AWS region")
  .action((options: Options) => ends(import("./policy.ts").then(({ policy }) => policy(options))));
const memory = (command: Command): Command =>
  manners(command)
    .option("-c, --config <file>", "the configuration; else the nearest upward")
    .option("--cluster <name>", "the ECS cluster, where there is no configuration")
    .addOption(new Option("-r, --reporter <name[:path]>", "json; else for people; of one run, any reporter").argParser(each));
memory(program.command("history").description("earlier runs of this deployment, and their trend; or the report of one of them"))
  .argument("[run]", "the number of a run, last or last-go")
  .option("--limit <n>", "how many runs are shown (default: 20)")
  .action((run: string | undefined, options: HistoryOptions) => ends(import("./history.ts").then(({ history }) => history(run, options))));
memory(program.command("diff").description("what differs between two reports: new, fixed, still failing, flipped, no longer asked"))
  .argument("<before>", "a file of --reporter json:FILE, or a run of the history: its number, last or last-go")
  .argument("<after>", "the same")
  .action((before: string, after: string, options: Options) =>
    ends(import("./diff.ts").then(({ diff }) => diff([before, after], options))),
  );
manners(reporting(program.command("demo").description("the gate on an embedded AWS: nothing to configure, nothing leaves this machine")))
  .argument("[world]", "which one; seaworthy demo --list names them all", "secret-without-value")
  .option("--list", "name all worlds")
  .option("--exit-code", "end as the gate would, and not with 0 when the verdict is the right one")
  .action((world: string, options: Options) => ends(import("./demo.ts").then(({ demo }) => demo(world, options))));

/** Ends the process for a reason that is no verdict: 2 where the user can mend it, 1 where it is a fault of seaworthy. */
function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Mistake) {
    process.stderr.write(`${error.message}\n${error.remedy}\n`);
    return 2;
  }
  const { name, message, stack } = error instanceof Error ? error : { name: "Error", message: String(error), stack: undefined };
  const verbose = process.argv.includes("--verbose");
  const report = verbose ? `\n${stack}` : " Run it again with --verbose, and report what it says.";
  process.stderr.write(`seaworthy ${version} crashed, which is its own fault and no verdict: ${name}: ${message}.${report}\n`);
  return 1;
}

survivePipes();
const crash = (error: unknown) => process.exit(fail(error));
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);
await program.parseAsync().catch((error: unknown) => {
  exitCode = fail(error);
});
process.exit(exitCode);
