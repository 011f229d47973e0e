import { defineCheck, fail, pass, skip } from "../src/check.ts";
import { caller } from "../src/facts/caller.ts";

export default defineCheck({
  title: "The credentials belong to the configured account",
  why: "An answer about another account is worse than none: somebody would trust it.",
  severity: "blocker",
  about: caller,
  first: true,
  none: skip("there are no credentials to ask about"),

  evaluate({ account, arn }, _facts, { config }) {
    if (config.account === undefined) return skip("may belong to any account: the configuration states none");
    if (account === config.account) return pass(`belong to account ${account}`, { account, arn });

    return fail(
      `belong to account ${account}, and not to ${config.account}`,
      { account, expected: config.account, arn },
      {
        do: `Use a profile or role of account ${config.account}, or correct the account in the configuration.`,
        run: ["aws configure list-profiles", "aws sts get-caller-identity"],
      },
    );
  },
});
