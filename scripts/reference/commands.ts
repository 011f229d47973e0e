import { type Help, helpOfAll, type Term } from "./help.ts";
import { block, generated, paragraphs, sentence, table } from "./markdown.ts";

/** What one does with each command first. */
const examples: Readonly<Record<string, readonly string[]>> = {
  gate: [
    "npx seaworthy gate                                              # as seaworthy.config.yaml says",
    "npx seaworthy gate --cluster my-cluster                         # without a configuration",
    "npx seaworthy gate --only 2xx,service-steady                    # the secrets, and one more question",
    "npx seaworthy gate --wait 0 --strict --reporter json            # once; warnings count; JSON to stdout",
  ],
  checklist: ["npx seaworthy checklist"],
  "sign-off": ["npx seaworthy sign-off --reporter markdown:sprint-report.md"],
  gather: [
    "npx seaworthy gather -o snapshot.json",
    "npx seaworthy gate --snapshot snapshot.json                     # offline, at any time",
  ],
  init: [
    "npx seaworthy init --cluster my-cluster -o -                    # to stdout, and no file is written",
    "npx seaworthy init --cluster my-cluster --service shop-api -o shop.yaml",
  ],
  list: ["npx seaworthy list"],
  explain: [
    "npx seaworthy explain 230",
    'npx seaworthy explain "CannotPullContainerError: pull image manifest has been retried 5 time(s)"',
  ],
  policy: ["npx seaworthy policy > policy.json", "npx seaworthy policy --only 2xx"],
  history: ["npx seaworthy history", "npx seaworthy history last --reporter markdown                # the report of one run again"],
  diff: ["npx seaworthy diff last-go last", "npx seaworthy diff last last --reporter json"],
  demo: ["npx seaworthy demo --list", "npx seaworthy demo secret-without-value"],
};

/** The page of every command and option, written from their help. */
export async function commandsPage(): Promise<string> {
  const commands = await helpOfAll();
  return paragraphs(
    "# The commands",
    introduction,
    table(
      ["command", "what it is for"],
      commands.map(({ name, says }) => [`[\`${name}\`](#${name})`, sentence(says)]),
    ),
    ...commands.map((command, n) => commandOf(command, commands.slice(0, n))),
    generated,
  );
}

const introduction = `\`npx seaworthy COMMAND --help\` says the same. Reports go to files or to stdout, progress always to stderr. How each ends:
[exit codes](exit-codes.md).

The AWS SDK's own environment variables (\`AWS_REGION\`, \`AWS_PROFILE\`, \`AWS_ENDPOINT_URL\`, …) work as everywhere else. Durations are
written \`500ms\`, \`2s\`, \`10m\`, \`1h\` or \`0\`.`;

function commandOf({ name, usage, says, arguments: words, options }: Help, before: readonly Help[]): string {
  const shown = examples[name] ?? [];
  const alike = before.find((one) => termsOf(one.options) === termsOf(options));
  const own = options.filter(({ term, says: said }) => !alike?.options.some((one) => one.term === term && one.says === said));
  return paragraphs(
    `## ${name}`,
    sentence(says),
    ...(shown.length > 0 ? [block("sh", shown.join("\n"))] : []),
    `\`${usage}\``,
    ...(words.length > 0 ? [table(["argument", "what it says"], rows(words))] : []),
    ...(alike ? [`The options are those of [\`${alike.name}\`](#${alike.name})${own.length > 0 ? ", but for" : "."}`] : []),
    ...(own.length > 0 ? [table(["option", "what it does"], rows(own))] : []),
  ).trimEnd();
}

const rows = (terms: readonly Term[]) => terms.map(({ term, says }) => [`\`${term}\``, sentence(says)]);
const termsOf = (terms: readonly Term[]) => terms.map(({ term }) => term).join(" ");
