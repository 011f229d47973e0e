import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the command is run unless somewhere is said: what it keeps there stays out of the repository. */
const nowhere = mkdtempSync(join(tmpdir(), "seaworthy-"));

const main = join(import.meta.dirname, "../../src/cli/main.ts");

/** How the command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as users run it, with nothing of this machine's own AWS settings. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
  /** What it reads from stdin. */
  readonly input?: string;
  /** Called with each piece of stderr, and a way to send a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Goes away after the first bytes of stdout, as `head` does. */
  readonly impatient?: boolean;
}

/** Runs `seaworthy` in a process of its own. */
export function seaworthy(
  args: readonly string[],
  { env = {}, directory, input = "", onStderr, impatient = false }: Circumstances = {},
): Promise<Ended> {
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_|CI$|FORCE_COLOR|NO_COLOR|NODE_OPTIONS|VITEST)/.test(name)),
  );
  const home = { HOME: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" };
  const child = spawn(process.execPath, [main, ...args], { env: { ...own, ...home, ...env }, cwd: directory ?? nowhere });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
    if (impatient) child.stdout.destroy();
  });
  child.stderr.on("data", (data) => {
    stderr += data;
    onStderr?.(`${data}`, (signal) => child.kill(signal));
  });
  // It may end before it has read all of it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
