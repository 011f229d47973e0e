import { absent, defineFact, given, type Json, known, type Reading } from "../fact.ts";

/** A lock on the state of Terraform, as whoever took it described himself; null where he did not. */
export type StateLock = {
  readonly id: string | null;
  readonly operation: string | null;
  readonly who: string | null;
  readonly since: string | null;
};

/**
 * The places where Terraform locks the configured state: the table, by its name, and the file beside the state in S3.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 */
export const stateLocks = defineFact("stateLocks", {
  kind: "terraform-lock",
  calls: ["dynamodb:GetItem", "s3:GetObject"],
  // Who may not list a bucket is refused, and not told that something is not in it.
  alsoNeeds: ["s3:ListBucket"],
  absentOn: ["NoSuchKey"],

  subjects({ config }) {
    const { lockTable, state } = config.terraform ?? {};
    return state === undefined ? [] : [...(lockTable === undefined ? [] : [lockTable]), fileOf(state)];
  },

  async ask({ aws, subject, config }) {
    const state = given(config.terraform?.state, "state");
    if (subject === config.terraform?.lockTable) {
      // The item whose id ends in -md5 is the state's digest, and no lock.
      const Key = { LockID: { S: bare(state) } };
      const { Item } = await aws.dynamodb.GetItem({ TableName: subject, Key, ConsistentRead: true });
      return { held: Item !== undefined, info: Item?.["Info"]?.S ?? "" };
    }
    const [, Bucket, Key] = /^([^/]+)\/(.+)$/.exec(subject) ?? [];
    const { Body } = await aws.s3.GetObject({ Bucket, Key });
    return { held: true, info: new TextDecoder().decode(given(Body, "Body")) };
  },

  read: ({ held, info }): Reading<StateLock> => (held ? known(lockOf(info)) : absent("there is no lock")),

  resources: ({ terraform: { lockTable, state } = {} }, arn) => ({
    ...(lockTable === undefined ? {} : { "dynamodb:GetItem": [arn("dynamodb", `table/${lockTable}`)] }),
    ...(state === undefined ? {} : { "s3:GetObject": [arn("s3", fileOf(state))], "s3:ListBucket": [arn("s3", bucketOf(state))] }),
  }),
});

const bare = (state: string) => state.replace(/^s3:\/\//, "");
const fileOf = (state: string) => `${bare(state)}.tflock`;
const bucketOf = (state: string) => bare(state).replace(/\/.*/s, "");

function lockOf(info: string): StateLock {
  const said = parsed(info);
  const text = (name: string) => (typeof said[name] === "string" && said[name] !== "" ? said[name] : null);
  return { id: text("ID"), operation: text("Operation"), who: text("Who"), since: text("Created") };
}

/** What it says of itself; a lock that says nothing readable is held all the same. */
function parsed(info: string): { readonly [name: string]: Json } {
  try {
    const said = JSON.parse(info) as Json;
    return typeof said === "object" && said !== null && !Array.isArray(said) ? (said as { readonly [name: string]: Json }) : {};
  } catch {
    return {};
  }
}
