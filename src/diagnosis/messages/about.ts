import type { Said } from "./said.ts";

/** What a message speaks of, as far as it names it. */
export interface About {
  readonly secret?: string;
  readonly key?: string;
  readonly parameter?: string;
  readonly image?: string;
  readonly logGroup?: string;
  readonly role?: string;
  /** The IAM action that was refused. */
  readonly action?: string;
  readonly kmsKey?: string;
  readonly targetGroup?: string;
  /** An HTTP status. */
  readonly status?: string;
  readonly host?: string;
  readonly port?: string;
  readonly service?: string;
  readonly task?: string;
  readonly deployment?: string;
  readonly container?: string;
  readonly instance?: string;
  readonly subnet?: string;
  readonly fileSystem?: string;
  readonly capacityProvider?: string;
  readonly program?: string;
  readonly exitCode?: string;
  /** What made a deployment fail, where it was not its tasks. */
  readonly trigger?: string;
}

const arn = (service: string, rest: string) => new RegExp(`(arn:aws[\\w-]*:${service}:[\\w-]*:[\\w-]*:${rest})`, "i");

/** Where each thing stands in a message; of several places the first that is there. */
const places: Readonly<Record<Exclude<keyof About, "exitCode">, readonly RegExp[]>> = {
  secret: [arn("secretsmanager", "secret:[^\\s:'\",)]+"), /(?:failed to fetch secret|secret with arn) ['"]?([^\s'"]+)/i],
  key: [/did not contain json key ["']?([^\s"',]*[^\s"',.])/i],
  parameter: [
    /invalid (?:ssm )?parameters: ([^\s,]*[^\s,.])/i,
    /\bParameter (\/?[\w./-]+) not found/i,
    arn("ssm", "parameter/[^\\s'\",)]+"),
  ],
  image: [
    /([\w.*-]+\.dkr\.ecr\.[\w.-]+\/(?!v2\/)[\w./-]+(?::[\w.-]*\w)?(?:@sha256:\w+)?)/i,
    /(?:resolve ref(?:erence)?|manifest for|denied for|image reference|pull image) ["']?([\w.-]+[/:][\w./:@-]*\w)/i,
    /image ["']?([\w./-]+:[\w.-]*\w)["']? not found/i,
    /\brepository ([\w./-]*[/.][\w./-]*\w) not found/i,
  ],
  logGroup: [/log-group:([^\s:'",*]+)/i],
  role: [/(?:assumed-role\/|:role\/)((?:[\w+=,.@-]+\/)*?[\w+=,.@-]+)(?=\/|['"\s)]|$)/i],
  action: [/authorized to perform:? ["']?([\w-]+:\w+)/i],
  kmsKey: [arn("kms", "[^\\s'\",)]*\\w")],
  targetGroup: [/targetgroup\/([^/\s)]+)\//i, /target-group ([\w-]+)\b/i],
  status: [
    /with these codes: \[(\d{3})/i,
    /StatusCode: ([1-5]\d\d)\b/i,
    /\bstatus code:? (\d{3})\b/i,
    /\((\d{3})\)/,
    /\b(4\d\d|5\d\d) (?:Forbidden|Too Many|Unauthorized|Not Found|Internal Server|Bad Gateway|Service Unavailable)/i,
  ],
  host: [/lookup ([\w-]+(?:\.[\w-]+)+)/i, /https?:\/\/([\w*-]+(?:\.[\w-]+)+)/i, /dial tcp ([\d.]+):/i, /resolve "([\w.-]+)"/i],
  port: [/\(port (\d+)\)/i, /dial tcp [\d.]+:(\d+)/i, /Bind for [\d.:[\]]+:(\d+)/i, /listen tcp\d? [\d.:[\]]*:(\d+)/i],
  service: [
    /^\(service ([^\s(),]+)/i,
    /^service \(([^()]*)\)/i,
    /^service (?!scheduler\b)([^\s():]+)(?: \(|:? (?:was|is|has|failed|could|operations|deployment|timed|task|ecs)\b)/i,
  ],
  task: [/\(task ([\w-]+)\)/i, /:task\/(?:[\w-]+\/)?([0-9a-f-]{8,})/i],
  deployment: [/\b(ecs-svc\/\d+)/i],
  container: [/container ['"]([\w-]+)['"]/i],
  instance: [/\binstance \(?(i-\w+)/i, /container-instance ([\w-]{8,})/i],
  subnet: [/\b(subnet-\w+)/i],
  fileSystem: [/\b(fs-\w+)/i],
  capacityProvider: [/capacity provider ([\w-]+)/i],
  program: [/exec: \\*"([^"\\]+)/i, /exec (\/\S*[^\s:]):? /i],
  trigger: [/deployment failed: (alarm detected)/i, /(alarm)\b.*(?:rolled back|rolling back|deployment)/i],
};

/** A name that whoever wrote it down blotted out. */
const hole = /\.\.\.|…|[<>]|\*\*/;

/** Reads what a message speaks of out of it. */
export function aboutOf({ raw, exitCode }: Pick<Said, "raw" | "exitCode">): About {
  const read = Object.entries(places).flatMap(([name, patterns]) => {
    const found = patterns.map((pattern) => pattern.exec(raw)?.[1]).find((text) => text && !hole.test(text));
    return found ? [[name, found]] : [];
  });
  return { ...Object.fromEntries(read), ...(exitCode === undefined ? {} : { exitCode: `${exitCode}` }) };
}
