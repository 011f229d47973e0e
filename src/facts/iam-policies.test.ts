import { describe, expect, test } from "vitest";
import { fc, property } from "../../test/property.ts";
import type { Json } from "../fact.ts";
import { decide, type PolicyDocument, type PolicyRequest, type PolicyStatement, parsePolicy } from "./iam-policies.ts";

const account = "220711411889";
const role = `arn:aws:iam::${account}:role/prod-execution`;
const root = `arn:aws:iam::${account}:root`;
const secret = `arn:aws:secretsmanager:ap-southeast-2:${account}:secret:prod-app-Xk3T9q`;
const read: PolicyRequest = { action: "secretsmanager:GetSecretValue", resource: secret };

const policy = (...Statement: readonly PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });
const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  ...(more.NotAction ? {} : { Action: "secretsmanager:GetSecretValue" }),
  ...(more.NotResource ? {} : { Resource: secret }),
  ...more,
});
const deny = (more: Partial<PolicyStatement> = {}) => ({ ...allow(more), Effect: "Deny" });
const asked = (statements: readonly PolicyStatement[], more: Partial<PolicyRequest> = {}) =>
  decide([policy(...statements)], { ...read, ...more });

describe("actions and resources", () => {
  test.each<[string, Partial<PolicyStatement>, string]>([
    ["the very action", { Action: "secretsmanager:GetSecretValue" }, "allow"],
    ["in other case", { Action: "SecretsManager:getsecretvalue" }, "allow"],
    ["by a pattern", { Action: ["ssm:*", "secretsmanager:Get*"] }, "allow"],
    ["by one character", { Action: "secretsmanager:GetSecretValu?" }, "allow"],
    ["everything", { Action: "*", Resource: "*" }, "allow"],
    ["another action", { Action: "secretsmanager:DescribeSecret" }, "none"],
    ["all but another action", { NotAction: ["iam:*", "sts:*"] }, "allow"],
    ["all but this action", { NotAction: "secretsmanager:Get*" }, "none"],
    ["a pattern of the resource", { Resource: `arn:aws:secretsmanager:*:${account}:secret:prod-*` }, "allow"],
    ["six unknown characters", { Resource: secret.replace("Xk3T9q", "??????") }, "allow"],
    ["five unknown characters", { Resource: secret.replace("Xk3T9q", "?????") }, "none"],
    ["another region", { Resource: secret.replace("ap-southeast-2", "eu-west-1") }, "none"],
    ["a resource in other case", { Resource: secret.toUpperCase() }, "none"],
    ["an ARN that ends early", { Resource: "arn:aws:secretsmanager" }, "allow"],
    ["an ARN that ends with the name", { Resource: secret.replace("-Xk3T9q", "") }, "none"],
    ["all but another resource", { NotResource: "arn:aws:s3:::*" }, "allow"],
    ["all but this resource", { NotResource: ["arn:aws:s3:::*", secret] }, "none"],
    ["a dot is a dot", { Resource: secret.replace("prod-app", "prod.app") }, "none"],
  ])("%s", (_, statement, decision) => {
    expect(asked([allow(statement)])).toBe(decision);
  });

  test("a statement may stand alone, and a policy without one allows nothing", () => {
    expect(decide([{ Statement: allow() }], read)).toBe("allow");
    expect(decide([policy()], read)).toBe("none");
    expect(decide([], read)).toBe("none");
  });
});

describe("who denies wins", () => {
  test("whatever else allows, and wherever it stands", () => {
    expect(asked([allow(), deny()])).toBe("deny");
    expect(decide([policy(deny({ Action: "*", Resource: "*" })), policy(allow())], read)).toBe("deny");
    expect(asked([allow(), deny({ Resource: "arn:aws:s3:::*" })])).toBe("allow");
  });

  const effect = fc.constantFrom("Allow", "Deny");
  const action = fc.constantFrom("secretsmanager:*", "secretsmanager:GetSecretValue", "ssm:*", "*");
  const resource = fc.constantFrom("*", secret, "arn:aws:s3:::bucket");
  const condition = fc.constantFrom<Json>(
    {},
    { Bool: { "aws:SecureTransport": "true" } },
    { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  );
  const statement = fc.record({ Effect: effect, Action: action, Resource: resource, Condition: condition });
  const statements = fc.array(statement, { maxLength: 5 });
  const context = { "aws:SecureTransport": "true" };

  property.prop([statements, statement])("one more denial never allows", (before, more) => {
    const [without, after] = [asked(before, { context }), asked([...before, { ...more, Effect: "Deny" }], { context })];
    if (without !== "allow") expect(after).not.toBe("allow");
    if (without === "deny") expect(after).toBe("deny");
  });

  property.prop([statements, statement])("one more permission never denies", (before, more) => {
    const [without, after] = [asked(before, { context }), asked([...before, { ...more, Effect: "Allow" }], { context })];
    expect(after === "deny").toBe(without === "deny");
    if (without === "allow") expect(after).not.toBe("none");
  });

  property.prop([statements])("the order does not matter, nor how it is spread over policies", (list) => {
    const decision = asked(list, { context });
    expect(asked(list.toReversed(), { context })).toBe(decision);
    expect(
      decide(
        list.map((one) => policy(one)),
        { ...read, context },
      ),
    ).toBe(decision);
  });

  property.prop([statements, fc.constantFrom("o-1", "o-2")])("what is learnt changes only what was undecided", (list, organization) => {
    const decision = asked(list, { context });
    const later = asked(list, { context: { ...context, "aws:PrincipalOrgID": organization } });
    expect(later).not.toBe("undecided");
    if (decision !== "undecided") expect(later).toBe(decision);
  });

  property.prop([fc.string({ unit: "grapheme-ascii" })])("a text without wildcards matches itself alone", (text) => {
    fc.pre(!/[*?$]/.test(text));
    const own = `arn:aws:x:::${text}`;
    expect(asked([allow({ Resource: own })], { resource: own })).toBe("allow");
    expect(asked([allow({ Resource: own })], { resource: `${own}.` })).toBe("none");
    expect(asked([allow({ Resource: `arn:aws:x:::*${text}*` })], { resource: `arn:aws:x:::a${text}b` })).toBe("allow");
  });
});

describe("conditions", () => {
  const context = {
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:ecs:ap-southeast-2:${account}:task/prod/1`,
    "aws:SecureTransport": "true",
    "aws:CalledVia": ["a.amazonaws.com", "b.amazonaws.com"],
    "aws:SourceVpce": [],
    "kms:ViaService": "secretsmanager.ap-southeast-2.amazonaws.com",
  };
  test.each<[string, Json, string]>([
    ["an equal text", { StringEquals: { "aws:SourceAccount": account } }, "allow"],
    ["a key in other case", { StringEquals: { "AWS:sourceaccount": [account, "1"] } }, "allow"],
    ["another text", { StringEquals: { "aws:SourceAccount": "111122223333" } }, "none"],
    ["another text is well", { StringNotEquals: { "aws:SourceAccount": "111122223333" } }, "allow"],
    ["none of these texts", { StringNotEquals: { "aws:SourceAccount": ["111122223333", account] } }, "none"],
    ["equality knows no wildcards", { StringEquals: { "aws:SourceAccount": "*" } }, "none"],
    ["likeness does", { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } }, "allow"],
    ["case may be left aside", { StringEqualsIgnoreCase: { "kms:ViaService": "SecretsManager.AP-southeast-2.amazonaws.com" } }, "allow"],
    ["an ARN by its parts", { ArnLike: { "aws:SourceArn": `arn:aws:ecs:*:${account}:*` } }, "allow"],
    ["an ARN with too few parts", { ArnLike: { "aws:SourceArn": "arn:aws:ecs:*" } }, "none"],
    ["ArnEquals is ArnLike", { ArnEquals: { "aws:SourceArn": `arn:aws:ecs:*:${account}:*` } }, "allow"],
    ["not such an ARN", { ArnNotLike: { "aws:SourceArn": `arn:aws:ecs:*:${account}:*` } }, "none"],
    ["true", { Bool: { "aws:SecureTransport": "true" } }, "allow"],
    ["true, not as a text", { Bool: { "aws:SecureTransport": true } }, "allow"],
    ["false", { Bool: { "aws:SecureTransport": "false" } }, "none"],
    ["any of them", { "ForAnyValue:StringEquals": { "aws:CalledVia": ["b.amazonaws.com", "c.amazonaws.com"] } }, "allow"],
    ["none of them", { "ForAnyValue:StringEquals": { "aws:CalledVia": "c.amazonaws.com" } }, "none"],
    ["all of them", { "ForAllValues:StringLike": { "aws:CalledVia": "?.amazonaws.com" } }, "allow"],
    ["not all of them", { "ForAllValues:StringEquals": { "aws:CalledVia": "a.amazonaws.com" } }, "none"],
    ["one of several that it may be", { StringEquals: { "aws:CalledVia": "a.amazonaws.com" } }, "undecided"],
    ["what is not there", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, "none"],
    ["what is not there differs", { StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, "allow"],
    ["what is not there, if it is there", { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }, "allow"],
    ["all of nothing", { "ForAllValues:StringEquals": { "aws:SourceVpce": "vpce-1" } }, "allow"],
    ["any of nothing", { "ForAnyValue:StringEquals": { "aws:SourceVpce": "vpce-1" } }, "none"],
    ["it must be missing, and is", { Null: { "aws:SourceVpce": "true" } }, "allow"],
    ["it must be there, and is not", { Null: { "aws:SourceVpce": "false" } }, "none"],
    ["what nobody knows", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, "undecided"],
    ["what nobody knows, if it is there", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }, "undecided"],
    ["an operator that is not known", { DateLessThan: { "aws:SourceAccount": "2030-01-01" } }, "undecided"],
    ["one that fails beside what nobody knows", { Bool: { "aws:SecureTransport": false }, StringEquals: { x: "y" } }, "none"],
    ["both", { Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceAccount": account } }, "allow"],
  ])("%s", (_, Condition, decision) => {
    expect(asked([allow({ Condition })], { context })).toBe(decision);
  });

  test("a denial under a condition that nobody knows leaves it open, and one that is not met is none", () => {
    const unlessFromHere = deny({ Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-1" } } });
    expect(asked([allow(), unlessFromHere])).toBe("undecided");
    expect(asked([unlessFromHere])).toBe("undecided");
    expect(asked([allow(), deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } })], { context })).toBe("allow");
  });
});

describe("policy variables", () => {
  const tagged = allow({ Resource: secret.replace("prod-app", `\${aws:PrincipalTag/stack}-app`) });
  test("are filled in where they are known, and may be anything else", () => {
    expect(asked([tagged])).toBe("undecided");
    expect(asked([tagged], { context: { "aws:PrincipalTag/stack": "prod" } })).toBe("allow");
    expect(asked([tagged], { context: { "aws:PrincipalTag/stack": "*" } })).toBe("none");
    expect(asked([tagged], { context: { "aws:PrincipalTag/stack": [] } })).toBe("none");
  });

  test("decide where they cannot come to this", () => {
    expect(asked([tagged], { resource: "arn:aws:s3:::bucket" })).toBe("none");
    expect(asked([allow(), deny({ Resource: `arn:aws:s3:::\${aws:username}/*` })])).toBe("allow");
  });

  test("have a value for want of one", () => {
    const byDefault = allow({ Resource: secret.replace("prod-app", `\${aws:PrincipalTag/stack, 'prod'}-app`) });
    expect(asked([byDefault], { context: { "aws:PrincipalTag/stack": [] } })).toBe("allow");
  });

  test("can stand for a character that would stand for others", () => {
    const star = allow({ Resource: `arn:aws:x:::a\${*}` });
    expect(asked([star], { resource: "arn:aws:x:::a*" })).toBe("allow");
    expect(asked([star], { resource: "arn:aws:x:::ab" })).toBe("none");
  });

  test("are unknown to older policies", () => {
    expect(decide([{ Statement: tagged }], read)).toBe("none");
    expect(decide([{ Version: "2008-10-17", Statement: tagged }], read)).toBe("none");
  });
});

describe("principals", () => {
  const trust = (Principal: Json, more: Partial<PolicyStatement> = {}) =>
    decide([policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more })], {
      action: "sts:AssumeRole",
      resource: role,
      principal: "ecs-tasks.amazonaws.com",
      context: { "aws:SourceAccount": account },
    });
  test("a role trusts the services that it names", () => {
    expect(trust({ Service: "ecs-tasks.amazonaws.com" })).toBe("allow");
    expect(trust({ Service: ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] })).toBe("allow");
    expect(trust({ Service: "ecs.amazonaws.com" })).toBe("none");
    expect(trust({ AWS: root })).toBe("none");
    expect(trust({ Service: "ecs-tasks.amazonaws.com" }, { Condition: { StringEquals: { "aws:SourceAccount": account } } })).toBe("allow");
    expect(trust({ Service: "ecs-tasks.amazonaws.com" }, { Condition: { StringEquals: { "aws:SourceAccount": "1" } } })).toBe("none");
  });

  const resourcePolicy = (statement: Partial<PolicyStatement>, principal = role) => asked([allow(statement)], { principal });
  test("an account that is allowed does not allow its roles by itself", () => {
    expect(resourcePolicy({ Principal: { AWS: root } })).toBe("none");
    expect(resourcePolicy({ Principal: { AWS: account } }, root)).toBe("allow");
    expect(resourcePolicy({ Principal: { AWS: root } }, root)).toBe("allow");
    expect(resourcePolicy({ Principal: { AWS: [role] } })).toBe("allow");
    expect(resourcePolicy({ Principal: { AWS: `${role}-old` } })).toBe("none");
    expect(resourcePolicy({ Principal: { AWS: `arn:aws:iam::111122223333:root` } })).toBe("none");
  });

  test("anybody is anybody", () => {
    for (const Principal of ["*", { AWS: "*" }, { AWS: ["*"] }]) expect(resourcePolicy({ Principal })).toBe("allow");
  });

  test("an account that is denied is denied as a whole", () => {
    for (const Principal of [{ AWS: root }, { AWS: account }, { AWS: role }, "*"]) {
      expect(asked([allow({ Principal: { AWS: role } }), deny({ Principal })], { principal: role })).toBe("deny");
    }
  });

  test("all but others are denied; whether a role is left out is known by its session alone", () => {
    const but = (...AWS: readonly string[]) =>
      asked([allow({ Principal: "*" }), { ...deny(), NotPrincipal: { AWS } }], { principal: role });
    expect(but(`arn:aws:iam::${account}:role/admin`)).toBe("deny");
    expect(but(role, root)).toBe("undecided");
    const services = { ...deny(), NotPrincipal: { Service: "ecs-tasks.amazonaws.com" } };
    expect(asked([allow({ Principal: "*" }), services], { principal: "ecs-tasks.amazonaws.com" })).toBe("allow");
  });
});

test("policies are read as they are, and as IAM sends them", () => {
  const text = JSON.stringify(policy(allow()));
  expect(parsePolicy(text)).toEqual(policy(allow()));
  expect(parsePolicy(encodeURIComponent(text))).toEqual(policy(allow()));
  expect(() => parsePolicy("[]")).toThrow(SyntaxError);
  expect(() => parsePolicy("{}")).toThrow("no policy document");
});
