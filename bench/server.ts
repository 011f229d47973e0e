// The embedded AWS in a process of its own, so that it takes no time from what is measured.
import { serveApplication } from "../fixtures/application.ts";
import { serve } from "../fixtures/aws.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { begin } from "../fixtures/story.ts";

const [name = "healthy", latency = "0"] = process.argv.slice(2);
const { source, config } = begin((await loadIncidents()).find((incident) => incident.name === name) ?? {});
const [aws, application] = await Promise.all([serve(source, { latency: Number(latency) }), serveApplication(source)]);
process.send?.({ url: aws.url, application: application.url, started: aws.started, config });

let read = 0;
process.on("message", () => {
  process.send?.({ calls: aws.calls.slice(read) });
  read = aws.calls.length;
});
