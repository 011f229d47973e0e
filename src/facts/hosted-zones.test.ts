import { expect, test } from "vitest";
import { reading } from "../../fixtures/inspect.ts";
import { hostedZones } from "./hosted-zones.ts";

test("zones are told by plain names, however many pages they fill, with those that are empty marked", async () => {
  const { readings } = await reading(hostedZones, (world) => {
    world.pageSize = 1;
    world.route53.zones.push({ Id: "/hostedzone/Z1", Name: "Internal.", CallerReference: "x", Config: { PrivateZone: true }, records: [] });
  });
  expect(readings["route53"]).toMatchObject({
    value: {
      zones: [
        { id: expect.stringMatching(/^Z0[0-9A-F]+$/), name: "ohmycoins.com", private: false, empty: false },
        { id: "Z1", name: "internal", private: true, empty: true },
      ],
    },
  });
});

test("nothing is asked where no service has a host", async () => {
  const { readings } = await reading(hostedZones, (_, config) => {
    for (const service of Object.values(config.services)) delete service.host;
  });
  expect(readings).toEqual({});
});
