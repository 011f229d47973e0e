import { defineFact, given, known, type Reading } from "../fact.ts";

/** Whose credentials these are. */
export type Caller = { readonly account: string; readonly arn: string };

/** The identity that AWS sees. Needs no permission. */
export const caller = defineFact("caller", {
  kind: "credentials",
  calls: ["sts:GetCallerIdentity"],

  subjects: () => ["caller"],

  ask: ({ aws }) => aws.sts.GetCallerIdentity({}),

  read: ({ Account, Arn }): Reading<Caller> => known({ account: given(Account, "Account"), arn: given(Arn, "Arn") }),
});
