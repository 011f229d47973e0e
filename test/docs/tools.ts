/** A program that documents tell to run, and no test does: why not, and what it prints where something reads it. */
export interface Tool {
  readonly why: string;
  readonly prints?: string;
}

/** What the documents may tell to run besides seaworthy itself, and nothing else. */
export const tools: Readonly<Record<string, Tool>> = {
  aws: {
    why: "it reads or changes an AWS account",
    prints:
      "(service shop-api) was unable to place a task. Reason: ResourceInitializationError: unable to pull secrets or registry auth.\n",
  },
  terraform: { why: "it makes and changes what it stands for", prints: '{ "format_version": "1.0" }\n' },
  npm: { why: "it installs, or runs what the project's own pipeline runs" },
  curl: { why: "it asks a host that is not there" },
  jq: { why: "it is not ours", prints: "{}\n" },
  cosign: { why: "it signs, as somebody, in a public log" },
};
