import { defineReporter } from "../reporter.ts";
import { type Block, type Cell, type Section, type Step, toneSigns } from "./sign-off/blocks.ts";
import { signOffOf } from "./sign-off/page.ts";
import { fenced, text } from "./text/gfm.ts";

/** The sprint completion report in Markdown: for a manager down to the signatures, then for an engineer. */
export default defineReporter((report, _place, snapshot) => {
  const { title, verdict, ready, coverage, about, first, further } = signOffOf(report, snapshot);
  const blocks = [
    `# ${text(title)}`,
    `**${verdict}. Ready for production workload: ${ready.answer}**`,
    `${text(ready.says)} ${text(coverage)}`,
    about.map(([name, value]) => `- ${text(name)}: ${text(value)}`).join("\n"),
    ...first.flatMap(section),
    "---",
    ...further.flatMap(section),
  ];
  return `${blocks.join("\n\n")}\n`;
});

const section = ({ title, blocks }: Section): readonly string[] => [`## ${text(title)}`, ...blocks.map((one) => block(one, title))];

function block(one: Block, title: string): string {
  switch (one.kind) {
    case "text":
      return shown(one.cell);
    case "list":
      return one.items.map((item) => `- ${shown(item)}`).join("\n");
    case "steps":
      return one.steps.map(step).join("\n\n");
    case "table": {
      const rows = [one.head, one.head.map(() => "---"), ...one.rows.map((row) => row.map(shown))];
      const caption = one.caption === title ? [] : [`**${text(one.caption)}**`];
      return [...caption, rows.map((row) => `| ${row.join(" | ")} |`).join("\n")].join("\n\n");
    }
  }
}

const shown = ({ text: plain, tone }: Cell) => (tone === undefined || plain === "" ? text(plain) : `${toneSigns[tone]} ${text(plain)}`);

/** Numbered by hand: commands between the items of a list would begin it anew. */
function step({ does, notes, run }: Step, index: number): string {
  const commands = run.length > 0 ? [fenced(run.join("\n"))] : [];
  return [`**${index + 1}.** ${text(does)}`, ...notes.map(text), ...commands].join("\n\n");
}
