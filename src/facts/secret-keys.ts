import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { type PolicyDocument, parsePolicy } from "./iam-policies.ts";
import { secrets } from "./secrets.ts";

/** A key that secrets are encrypted under: `policy` is null where it is AWS's own or another account's. `state` is KMS's word. */
export type SecretKey = {
  readonly arn: string;
  readonly manager: "AWS" | "CUSTOMER";
  readonly state: string;
  readonly policy: PolicyDocument | null;
};

/** The keys that secrets are encrypted under, where it is not AWS's own for secrets. */
export const secretKeys = defineFact("secretKeys", {
  kind: "key",
  calls: ["kms:DescribeKey", "kms:GetKeyPolicy"],
  needs: [secrets],
  absentOn: ["NotFoundException"],

  subjects: ({ facts }) => facts.secrets.all().flatMap(({ kmsKey }) => kmsKey ?? []),

  async ask({ aws, subject, facts }) {
    const { KeyMetadata } = await aws.kms.DescribeKey({ KeyId: subject });
    const { Arn, AWSAccountId, KeyManager } = given(KeyMetadata, "KeyMetadata");
    const isOwn = KeyManager === "CUSTOMER" && facts.secrets.all().some(({ arn }) => arn.split(":")[4] === AWSAccountId);
    // An alias finds a key, and no policy.
    return { KeyMetadata, policy: isOwn ? await aws.kms.GetKeyPolicy({ KeyId: given(Arn, "Arn") }) : null };
  },

  resources: (_config, arn) => ({ "kms:DescribeKey": [arn("kms", "key/*")], "kms:GetKeyPolicy": [arn("kms", "key/*")] }),

  read({ KeyMetadata, policy }): Reading<SecretKey> {
    const { Arn, KeyState, KeyManager } = given(KeyMetadata, "KeyMetadata");
    return known({
      arn: given(Arn, "Arn"),
      manager: oneOf(KeyManager, ["AWS", "CUSTOMER"]),
      state: given(KeyState, "KeyState"),
      policy: policy === null ? null : parsePolicy(given(policy.Policy, "Policy")),
    });
  },
});
