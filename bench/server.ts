// The embedded AWS in a process of its own, so that it takes no time from what is measured.
import { serveApplication } from "../fixtures/application.ts";
import { serve } from "../fixtures/aws.ts";
import { ohmycoinsConfig } from "../fixtures/configuration.ts";
import { loadIncidents } from "../fixtures/incidents.ts";
import { ohmycoins } from "../fixtures/ohmycoins.ts";

const [name = "healthy", latency = "0"] = process.argv.slice(2);
const [world, config] = [ohmycoins(), ohmycoinsConfig()];
(await loadIncidents()).find((incident) => incident.name === name)?.change(world, config);

const source = { world };
const [aws, application] = await Promise.all([serve(source, { latency: Number(latency) }), serveApplication(source)]);
process.send?.({ url: aws.url, application: application.url, started: aws.started, config });

let read = 0;
process.on("message", () => {
  process.send?.({ calls: aws.calls.slice(read) });
  read = aws.calls.length;
});
