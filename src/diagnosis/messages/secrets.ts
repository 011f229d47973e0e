import type { Alternative, Rule } from "./rule.ts";

const kms: Alternative = {
  cause: "kms-decrypt-denied",
  tellsApart: "the role has the action in its policies, and the secret is under a key of your own",
};
const noValue: Alternative = {
  cause: "secret-no-current-version",
  tellsApart: "aws secretsmanager describe-secret finds it, without a version that is AWSCURRENT",
};

/** Secrets and parameters. The agent's words: https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go */
export const secrets: readonly Rule[] = [
  { cause: "secret-json-key-missing", says: /\bjson key\b/ },
  {
    cause: "secret-no-current-version",
    says: /specified secret value|awscurrent|\bversion ".*" not found|for (staging label|versionid):|has no (current )?(version|value)/,
  },
  { cause: "kms-decrypt-denied", about: "kms" },
  {
    cause: "kms-decrypt-denied",
    says: /access to kms|ciphertext refers|kmsaccessdenied|kms ?invalidstate|arn-of-kms .*(disabled|pending|does not exist|not authorized)|kms key .*(disabled|not found|denied|pending)|\bkms\b.*denied|invalid ?keyid|invalidciphertext|decryptionfailure|can't decrypt/,
  },
  {
    cause: "ssm-parameter-missing",
    says: /invalid (ssm )?parameters:|parameter(version)?notfound|could not find version|parameter .{0,80}not found/,
  },
  {
    cause: "secret-format-invalid",
    says: /invalid (secret |ssm )?arn format|invalid (secret|ssm) arn|(secret|parameter) arn (is )?(invalid|malformed)|unexpected arn format|unable to unmarshal secret|cannot unmarshal|invalid character .+ (looking for|in string|after|in literal)|unexpected end of json|arn: (invalid prefix|not enough sections)|asm fetching (username|password|authorization)|could not find a secretsmanager secretid|unsupported credentials ?parameter|must be a valid name containing alphanumeric/,
  },
  {
    cause: "secret-format-invalid",
    about: "secrets",
    says: /invalid character|end of json|cannot unmarshal|invalid name|validationexception|malformed|illegal|not (a )?valid (json|arn|name)|parameter name.*(must|can't)/,
  },
  { cause: "api-throttled", about: "secrets", says: /throttl|rate exceeded|toomanyrequestsexception/ },
  { cause: "secret-access-denied", about: "secrets", when: ({ refused, action }) => refused && action.includes(":") },
  {
    cause: "secret-access-denied",
    about: "secrets",
    when: ({ refused }) => refused,
    says: /accessdenied\w*\W*$|user\b|not authorized|status ?code|\b40[13]\b|security token|denied$/,
    open: [kms],
  },
  { cause: "secrets-unreachable-network", about: "secrets", when: ({ unreached }) => unreached },
  { cause: "secret-not-found", says: /find the specified secret$/, open: [noValue] },
  {
    cause: "secret-not-found",
    says: /find the specified secret(?! ?v)|can't retrieve the secret with arn|secret .*marked (for deletion|deleted)|scheduled for deletion|check (whether|that) the secret|(cannot|can't|could not|unable to) find the secret\b(?! ?v)|can't perform this operation on the secret/,
  },
  { cause: "secret-not-found", says: /\bsecret (\S+ )?(was |is )?(not found|does(n't| not) exist)/, unless: /image|registry/ },
];
