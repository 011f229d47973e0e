import { loadWorlds } from "../fixtures/demo.ts";
import { play } from "../fixtures/play.ts";
import { loadReporter } from "../src/reporters.ts";

const worlds = ["healthy", "secret-without-value", "deployment-stuck", "newer-revision-waiting"];
/** The reporters whose pages people read, and how their files end. */
const endings: Readonly<Record<string, string>> = { console: "txt", markdown: "md", junit: "xml", html: "html" };
/** A page with a picture is long: of what differs least from another there is none. */
const without = "newer-revision-waiting.html";

/** What these reporters make of a GO, a NO-GO, a HOLD and a GO with a warning, by file name: golden pages, to be read like documents. */
export async function samples(): Promise<ReadonlyMap<string, string>> {
  const incidents = (await loadWorlds()).filter(({ name }) => worlds.includes(name));
  const files = incidents.map(async (incident) => {
    const { report, snapshot } = await play(incident);
    return Promise.all(
      Object.entries(endings).map(async ([name, ending]): Promise<readonly [string, string]> => {
        const text = await (await loadReporter(name))(report, { width: 100, colour: false, verbose: false }, snapshot);
        return [`${incident.name}.${ending}`, text];
      }),
    );
  });
  return new Map([...(await Promise.all(files)).flat().filter(([file]) => file !== without), ...(await signOff())]);
}

/** The sprint's completion report, of the world in which the team wrote theirs by hand. */
async function signOff(): Promise<readonly (readonly [string, string])[]> {
  const sprint = (await loadWorlds()).find(({ name }) => name === "sprint-as-reported");
  if (!sprint) throw new Error("there is no world sprint-as-reported");
  const { report, snapshot } = await play(sprint);
  const page = async (name: string) => (await loadReporter(name))(report, { width: 100, colour: false, verbose: false }, snapshot);
  return [
    ["sprint-as-reported.md", await page("sign-off")],
    ["sprint-as-reported.html", await page("sign-off-html")],
  ];
}
