import { readFile, stat } from "node:fs/promises";
import { complete, configSchema, inferable } from "../config.ts";
import { connect } from "../connect.ts";
import { plan } from "../countdown.ts";
import { loadChecks } from "../discover.ts";
import { caller } from "../facts/caller.ts";
import { clusterServices } from "../facts/cluster-services.ts";
import { stackName } from "../facts/stack-name.ts";
import { Interrupted } from "../failure.ts";
import { written } from "../init/document.ts";
import { draftOf } from "../init/draft.ts";
import { headOf } from "../init/head.ts";
import { type Meant, together } from "../init/meant.ts";
import { allOf, type Material, readingOf, reasonOf } from "../init/part.ts";
import { survey } from "../init/survey.ts";
import { readTerraform } from "../init/terraform.ts";
import { unknownsOf } from "../judge.ts";
import { discretion } from "../mask.ts";
import { Mistake } from "../mistake.ts";
import { webDoor } from "../web-door.ts";
import { difference } from "./difference.ts";
import type { Options } from "./options.ts";
import { print, say, writeWhole } from "./output.ts";
import { durationOf, meant as meantWord } from "./settings.ts";
import { interruptible } from "./signals.ts";
import { troubleOf, unreadLines } from "./trouble.ts";

/** What the command line says of a configuration that is to be written. */
export interface InitOptions extends Options {
  readonly output: string;
  readonly terraform?: readonly string[];
  readonly force?: boolean;
}

/** Writes the configuration of what is deployed in a cluster. A file that is there is only overwritten by force: else it shows what would change. */
export async function init(options: InitOptions): Promise<number> {
  const named = options.cluster ?? "";
  if (named === "") throw new Mistake("No cluster was named", "Name the one that is deployed to: seaworthy init --cluster NAME");
  const meant = together(await Promise.all((options.terraform ?? []).map(readFrom)));
  const { signal, release } = interruptible();
  const material = await look(named.split("/").at(-1) ?? named, meant, options, signal);
  release();
  if (signal.reason instanceof Interrupted) return signal.reason.exitCode;

  const unknowns = unknownsOf(material.snapshot);
  const account = allOf(material, caller)[0]?.account;
  if (account === undefined) {
    const trouble = troubleOf({ unknowns, coverage: { blocking: 0, answered: 0 } }, options.endpointUrl);
    say(trouble ?? unreadLines({ unknowns })[0] ?? "seaworthy: AWS did not say whose credentials these are");
    return 5;
  }
  const closed = servicesMissing(material, options, account);
  if (closed) {
    say(closed);
    return 5;
  }
  const parts = draftOf(material, account);
  configSchema.parse(Object.fromEntries(parts.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]]))));
  await put(written(headOf(material.snapshot), parts), options);
  for (const line of unreadLines({ unknowns })) say(line);
  return 0;
}

async function readFrom(file: string): Promise<Meant> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${file} cannot be read: ${error.code}`, "Name a file that is there: --terraform FILE");
  });
  return readTerraform(text, file);
}

/** Asks for what is deployed, of AWS and of the endpoints. */
async function look(cluster: string, meant: Meant, options: InitOptions, signal: AbortSignal): Promise<Material> {
  const { service = [], profile, endpointUrl: endpoint, deadline = "60s" } = options;
  const region = options.region || process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"];
  const services = Object.fromEntries(service.map((name) => [name, {}]));
  const inferred = inferable.filter((section) => section !== "services" || service.length === 0);
  const stated = complete({ deployment: stackName(cluster), cluster, services, ...(region ? { region } : {}) });
  const { checks } = plan(await loadChecks(), { scene: "post-deploy", severity: {} });

  const { port, close } = connect({ region, profile, endpoint });
  const web = webDoor();
  const job = {
    ...{ port, web, signal, discretion: discretion(), clock: () => new Date(), deadline: durationOf("--deadline", deadline) },
    ...{ config: { ...stated, inferred }, scene: "post-deploy" as const },
    countdown: { checks: checks.filter(({ first }) => first), notAsked: [] },
  };
  try {
    return await survey(job, meant);
  } finally {
    close();
    await web.close();
  }
}

/** Why there is nothing to write, where the services could not be listed. Throws a Mistake where there are none such. */
function servicesMissing(material: Material, { service = [] }: InitOptions, account: string): string | undefined {
  const { cluster, region = "its region", services } = material.config;
  const reading = readingOf(material, clusterServices, cluster);
  if (reading?.state === "absent")
    throw new Mistake(`There is no cluster "${cluster}" in account ${account} and ${region}`, "See which there are: aws ecs list-clusters");
  if (reading?.state !== "known") {
    if (service.length > 0) return undefined;
    const why = reading ? reasonOf({ subject: cluster, reading }) : "nobody asked";
    return `seaworthy: the services of ${cluster} could not be listed (${why}): name them, each with --service NAME`;
  }
  const deployed = allOf(material, clusterServices).flatMap((one) => one.services);
  const stranger = service.find((name) => !deployed.includes(name) && !material.meant.services[name]);
  if (stranger !== undefined) throw new Mistake(`There is no service "${stranger}" in ${cluster}`, meantWord(stranger, deployed));
  if (Object.keys(services).length === 0)
    throw new Mistake(`There is no service in ${cluster} to write of`, "Deploy one, or name another cluster");
  return undefined;
}

async function put(text: string, { output, force = false }: InitOptions): Promise<void> {
  if (output === "-") return print(text);
  const isFile = await stat(output).then(
    (there) => there.isFile(),
    () => false,
  );
  const before = isFile ? await readFile(output, "utf8") : undefined;
  if (before === text) return say(`${output} is as it would be written`);
  if (before !== undefined && !force) {
    await print(difference(before, text, [output, `${output}, as it would be written`]));
    throw new Mistake(`${output} is there already, and was left as it is`, "Overwrite it: --force. Or write another file: -o FILE");
  }
  await writeWhole(output, text).catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${output} could not be written: ${error.message}`, "Name a file that can be: -o seaworthy.config.yaml");
  });
  say(
    `wrote ${output}. Read it, then ask for it: seaworthy gate${/(^|\/)seaworthy\.config\.yaml$/.test(output) ? "" : ` --config ${output}`}`,
  );
}
