import { stripVTControlCharacters } from "node:util";
import { defineFact, given, known, type Reading } from "../fact.ts";
import { logGroupName, regionOf } from "./log-groups.ts";
import { spokenIn } from "./log-streams.ts";
import { secretValues } from "./secret-values.ts";
import { services } from "./services.ts";
import { taskDefinitions } from "./task-definitions.ts";
import { tasks } from "./tasks.ts";

/** What a container wrote before it left by itself: its last lines, oldest first, with everything masked that nobody should read. */
export type LastWords = { readonly container: string; readonly lines: readonly string[] };

const most = { lines: 20, characters: 300, linesRead: 200, charactersRead: 20_000 };

/**
 * The last words of the tasks of a service's current deployment that died by themselves, by the task's id. Absent: there is no such stream.
 * Nobody's verdict rests on them. While there is a secret whose values are not known, they are not read, since they may hold them.
 */
export const lastWords = defineFact("lastWords", {
  kind: "task",
  calls: ["logs:GetLogEvents"],
  dispensable: ["logs:GetLogEvents"],
  needs: [services, taskDefinitions, tasks, secretValues],
  absentOn: ["ResourceNotFoundException"],

  subjects: ({ facts }) => facts.tasks.all().flatMap((one) => spokenIn(one, facts).map(({ task }) => `${one.service}/${task}`)),

  async ask({ aws, subject, facts, mask }): Promise<LastWords> {
    facts.secretValues.all();
    const [service = "", id] = subject.split("/");
    const { container, group, stream } = given(
      spokenIn(facts.tasks.get(service), facts).find(({ task }) => task === id),
      "task that left words",
    );
    const { events = [] } = await aws.logs.GetLogEvents(
      { logGroupName: logGroupName(group), logStreamName: stream, startFromHead: false, limit: most.lines },
      { region: regionOf(group), firstPage: true },
    );
    return { container, lines: linesOf(events.map(({ message = "" }) => message).join("\n"), mask) };
  },

  // Which groups there are only the task definitions tell.
  resources: (_config, arn) => ({ "logs:GetLogEvents": [arn("logs", "log-group:*:log-stream:*").replace(/:logs:[^:]*:/, ":logs:*:")] }),

  read: (words): Reading<LastWords> => known(words),

  name: (subject) => subject.split("/").at(-1) ?? subject,
});

/** Masked as a whole, since a key may go over many lines, and cut only then. */
function linesOf(text: string, mask: (text: string) => string): readonly string[] {
  const read = text.split("\n").slice(-most.linesRead);
  // Colours, and signs that nobody sees, would part a value in two.
  const plain = read.map((line) => stripVTControlCharacters(line.slice(0, most.charactersRead)).replace(/[^\P{C}\t]/gu, ""));
  return mask(plain.join("\n"))
    .split("\n")
    .map((line) => line.replaceAll("\t", "    ").trimEnd().slice(0, most.characters))
    .filter((line) => line !== "")
    .slice(-most.lines);
}
