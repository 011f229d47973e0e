import { type Reading, sentence } from "./reading.ts";

/** https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions */
const command = /^::(error|warning|notice) title=[^:,\r\n]+(,file=[^:,\r\n]+,line=\d+)?::(?:[^%]|%(?:25|0A|0D))*$/;
const escapes: Readonly<Record<string, string>> = { "%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%" };
const plain = (text: string) => text.replaceAll(/%(0A|0D|3A|2C|25)/g, (sequence) => escapes[sequence] ?? sequence);

export default {
  counted: (text) => sentence.counted?.(plain(text.split("\n")[0] ?? "")) ?? {},
  expected: (report) => sentence.expected?.(report) ?? {},
  problems: (text) => {
    const lines = text.split("\n").filter((line) => line);
    return [...lines.filter((line) => !command.test(line)), ...(lines.length > 10 ? ["more than ten annotations"] : [])];
  },
  plain,
} satisfies Reading;
