import { masked } from "./mask.ts";
import { closed, isWhole, peeled } from "./wrappers.ts";

/** Where the words were found. */
export type Surface = "stoppedReason" | "containerReason" | "serviceEvent" | "targetHealth" | "apiError";

const surfaces: readonly unknown[] = ["stoppedReason", "containerReason", "serviceEvent", "targetHealth", "apiError"] satisfies Surface[];
export const isSurface = (value: unknown): value is Surface => surfaces.includes(value);

/** What a step that failed was at work on. */
export type Subject = "env-file" | "efs" | "logs" | "secrets" | "kms" | "registry" | "roles" | "start";

export interface Message {
  readonly surface?: Surface | undefined;
  readonly message: string;
  readonly exitCode?: number | undefined;
}

/** A message taken apart. */
export interface Said {
  readonly surface: Surface | undefined;
  readonly exitCode: number | undefined;
  /** As it came, in one line. */
  readonly raw: string;
  /** In lower case, names masked, without the service, task or instance that it begins with. */
  readonly text: string;
  /** The text without any of the wrappers around it. */
  readonly core: string;
  /** It ends like a sentence. */
  readonly whole: boolean;
  readonly subject: Subject | undefined;
  /** Nothing answered, or not in time. */
  readonly unreached: boolean;
  /** Something answered, and refused. */
  readonly refused: boolean;
  /** The IAM action that was refused, in lower case, perhaps cut off. */
  readonly action: string;
}

const unreached =
  /connection issue|requestcanceled|request (context )?cancell?ed|context deadl|context canc|context ca(\.|…|$)|i\/o time|dial (tcp|udp)|send request failed|request send failed|no such host|statuscode: 0\b|connection (refused|reset)|(connect(ion)?|read|write|network) time(d )?out|\btimeout$|(unable|failed|could not|cannot) (to )?(connect|reach)\b(?! or?\b)|handshake timeout|client\.timeout|name resolution|network is unreachable|no route to host|server misbehaving|network (connection|configuration)\b|unexpected eof|: eof\b|x509:/;
const refused =
  /accessdenied|permissiondenied|access denied|not authorized|unauthorized|forbidden|\bdenied\b|\b40[13]\b|(doesn't|does not|don't|do not) have (the )?(necessary |required |proper )?permissions?|missing permissions?|no basic auth|authentication required|nocredentialproviders|no valid providers|credentialsendpointerror|(refresh cached|load) credentials|ec2 ?imds|ec2rolerequesterror|expiredtoken|unrecognizedclient|invalidsignature|security token .*invalid/;

/** Takes a message apart. */
export function dissect({ surface, message, exitCode }: Message): Said {
  const raw = message
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\\(?=["'])/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const { classes, core } = peeled(raw.toLowerCase());
  const text = closed(masked(classes + core));
  const action = /authorized to perform:? "?([a-z0-9-]*:?\w*)/.exec(text)?.[1] ?? "";
  return {
    surface,
    exitCode: exitCode ?? exitCodeIn(text),
    raw,
    text,
    core: closed(masked(core)),
    whole: isWhole(core),
    subject: subjectOf(text, action),
    unreached: unreached.test(text),
    refused: refused.test(text),
    action,
  };
}

/** A number at the very end may be cut off, and is none then if it could go on. */
function exitCodeIn(text: string): number | undefined {
  const [, code = ""] = /\bexit(?:ed)?(?: with)?(?: status| code|code)*["']?:? ?\(?(\d+)\b/.exec(text) ?? [];
  if (code === "" || (text.endsWith(code) && ["126", "127", "137"].some((known) => known !== code && known.startsWith(code))))
    return undefined;
  return Number(code);
}

const subjects: readonly (readonly [Subject, RegExp])[] = [
  ["env-file", /env(ironment)? ?files?\b|headobject|data from s3 bucket/],
  ["efs", /efs utils|mount\.nfs|\.efs\.|amazon-efs|elasticfilesystem|\befs\b|nfsvers|copy file info for path|ecs-volume-plugin/],
  ["logs", /logging driver|logger args|cloudwatch|log (group|stream)|arn-of-logs|url-of-logs|awslogs|operation error cloudwatch/],
  [
    "secrets",
    /secrets? from|pull secrets(?! or reg)|secrets manager|secretsmanager|systems manager|parameter store|\bssm\b|arn-of-ssm|url-of-ssm|secret data|fetch secret|asm fetching/,
  ],
  [
    "registry",
    /registry|cannotpull|\becr\b|pull(ing)? (image|command)|ref pull|inspect image|resolve ref|image-ref|manifest|httprea|failed to copy:|(extract|register) layer|layer tar\b|pull access|arn-of-ecr|toomanyrequests(?!exception)/,
  ],
  ["start", /cannotstartcontainer|oci runtime|runc |starting container process|container process/],
];

/** An action that was refused says it best: it names the service that refused. */
const refusers: readonly (readonly [Subject, RegExp])[] = [
  ["kms", /^kms:/],
  ["secrets", /^(secretsmanager|ssm):/],
  ["registry", /^ecr(-public)?:/],
  ["logs", /^logs:/],
  ["efs", /^elasticfilesystem:/],
  ["roles", /^(iam|sts|ec2|elasticloadbalancing|autoscaling):/],
];

/** So does the operation that was called. */
const operations: readonly (readonly [Subject, RegExp])[] = [
  ["kms", /^decrypt$/],
  ["secrets", /^(getsecretvalue|describesecret|getparameters?(bypath)?)$/],
  ["registry", /^(getauthorizationtoken|batchgetimage|batchchecklayeravailability|getdownloadurlforlayer)$/],
  ["logs", /^(createlogstream|createloggroup|putlogevents|describelogstreams)$/],
];

function subjectOf(text: string, action: string): Subject | undefined {
  // It names both of the things that it may be about.
  const said = text.replace("unable to pull secrets or registry auth", "");
  const envFile = subjects[0]?.[1].test(said) ? "env-file" : undefined;
  const operation = [...said.matchAll(/(?:calling the |operation error [\w ]+: )(\w+)/g)].at(-1)?.[1] ?? "";
  const first = (table: typeof subjects, words: string) => table.find(([, pattern]) => pattern.test(words))?.[0];
  return envFile ?? first(refusers, action) ?? first(operations, operation) ?? first(subjects, said);
}
