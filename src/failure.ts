import { CallFailed } from "./aws.ts";
import { type Absent, absent, denial, type Ignorance, InvalidAnswer, type Unknown, unknown } from "./fact.ts";
import { NotKnown } from "./view.ts";

/** The run was told to stop asking; what was not asked by then is `unasked`. */
export class Unasked extends Error {
  override readonly name = "Unasked";
}

/** A signal ended the run; it ends with this exit code. */
export class Interrupted extends Unasked {
  readonly exitCode: 130 | 143;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(`the run was interrupted by ${signal}`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

const kinds: readonly (readonly [RegExp, Ignorance])[] = [
  [/^Unasked/, "unasked"],
  [denial, "denied"],
  [/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/, "throttled"],
  [/Timeout|Abort|ETIMEDOUT/, "timeout"],
  [
    /ENOTFOUND|ECONN|EAI_AGAIN|EPIPE|EHOST|ENETUNREACH|Network|InternalFailure|InternalServer|InternalError|ServerException|ServiceUnavailable|UnreadableAnswer|socket hang up/,
    "network",
  ],
];

/** What an error means for the subject that was being read. Only an error that the fact named means absence. */
export function failure(error: unknown, absentOn: readonly string[] = []): Absent | Unknown {
  if (error instanceof NotKnown) return error.missing.reading;
  if (error instanceof InvalidAnswer) return unknown("invalid", error.message);
  if (error instanceof Unasked) return unknown("unasked", error.message);
  if (error instanceof DOMException) return unknown("timeout", "time ran out before it was answered");
  if (!(error instanceof CallFailed))
    return unknown("internal", error instanceof Error ? error.name : "something that is no error was thrown");
  if (absentOn.some((said) => `${error.name}: ${error.message}`.startsWith(said))) return absent(error.message);

  const [, kind] = kinds.find(([names]) => names.test(error.name)) ?? [null, "invalid" as const];
  return { ...unknown(kind, error.message), action: kind === "denied" ? lackedBy(error) : error.action };
}

/** The action that AWS says is lacking, which may be another than the one that was asked for: S3 wants leave to list before it says that an object is not there. */
function lackedBy({ message, action }: CallFailed): string {
  const said = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? action;
  return said.toLowerCase() === action.toLowerCase() ? action : said;
}
