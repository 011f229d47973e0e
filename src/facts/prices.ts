import { defineFact, known, type Reading, unlessDenied } from "../fact.ts";
import { cacheNodesOf, storageOf } from "./at-rest.ts";
import { caches } from "./caches.ts";
import { databases } from "./databases.ts";
import { priceIn, questionOf } from "./price-list.ts";
import { type Rate, tabled, tabledOn } from "./price-table.ts";

/** What a thing costs, and who says so; `rate` is null where nobody does. */
export type Price = { readonly rate: Rate | null; readonly from: string };

/** What every stack may have, whatever its configuration says. */
const usual = ["nat-gateway", "load-balancer/application", "vpc-endpoint", "public-address"];
const monthly = ["secret", "alarm", "composite-alarm", "dashboard"];

/**
 * What the things that a stack is made of cost in its region: by AWS's Price List where it may be asked, else by the table in the package.
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
export const prices = defineFact("prices", {
  kind: "price",
  calls: ["pricing:GetProducts"],
  dispensable: ["pricing:GetProducts"],
  needs: [databases, caches],
  batch: 100,

  subjects: ({ facts }) => [
    ...[...usual, "load-balancer/network", ...monthly],
    ...facts.databases.all().flatMap((one) => storageOf(one)?.thing ?? []),
    ...facts.caches.all().flatMap((one) => cacheNodesOf(one).map(({ thing }) => thing)),
  ],

  async ask({ aws, subjects, config: { region } }) {
    const answers = new Map<string, readonly string[] | null>();
    const place = region === undefined ? null : placeOf(region);
    if (region === undefined || place === null) return answers;
    const asked = subjects.flatMap((subject) => {
      const question = questionOf(subject);
      return question ? [[subject, question] as const] : [];
    });
    const queries = Map.groupBy(asked, ([, { service, filters }]) => JSON.stringify({ service, ...filters }));
    await Promise.all(
      [...queries.values()].map(async (query) => {
        const { service = "", filters = {} } = query[0]?.[1] ?? {};
        const Filters = Object.entries({ ...filters, regionCode: region }).map(([Field, Value]) => ({
          Type: "TERM_MATCH" as const,
          Field,
          Value,
        }));
        const answer = await unlessDenied(aws.pricing.GetProducts({ ServiceCode: service, Filters }, { region: place }));
        for (const [subject] of query) answers.set(subject, answer && (answer.PriceList ?? []).map(String));
      }),
    );
    return answers;
  },

  read(answers, { subject, config: { region } }): Reading<Price> {
    const [products, question] = [answers.get(subject) ?? null, questionOf(subject)];
    const listed = products && question ? priceIn(products, question) : null;
    if (listed) return known({ rate: listed, from: "AWS Price List" });
    const rate = tabled(subject, region);
    return known({ rate, from: rate ? `table of ${tabledOn}` : "nobody" });
  },
});

/** Where the Price List is asked for a region; null where it cannot be: credentials of GovCloud are not known outside it. */
function placeOf(region: string): string | null {
  if (region.startsWith("cn-")) return "cn-northwest-1";
  return /^(us-gov|us-iso|eu-isoe|eusc)/.test(region) ? null : "us-east-1";
}
