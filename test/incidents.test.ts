import { describe, expect, test } from "vitest";
import { tellingsOf } from "../fixtures/incident.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { play, sayingOf } from "../fixtures/play.ts";

const incidents = await loadIncidents();

const stories = incidents.flatMap((incident) => tellingsOf(incident).map((telling) => ({ ...incident, ...telling })));

describe.concurrent.each(stories)("$name, $scene: $title", (incident) => {
  const must = { open: [], ...incident.says };

  test("says what must be said, and nothing more", async () => {
    expect(sayingOf((await play(incident)).report)).toEqual(must);
  });
});

describe.concurrent.each(incidents)("$name over HTTP", (incident) => {
  test("says the same, from the same readings", async () => {
    const [near, far] = [await play(incident), await play(incident, { wire: true })];
    expect(sayingOf(far.report)).toEqual(sayingOf(near.report));
    expect(timeless(far.snapshot.facts)).toEqual(timeless(near.snapshot.facts));
  });
});

/** How long an endpoint took is the one thing that two runs do not share. */
const timeless = (facts: object) => JSON.parse(JSON.stringify(facts, (key, value) => (key === "ms" || key === "at" ? 0 : value)));
