import type { EvaluationResult, SimulatePolicyResponse } from "@aws-sdk/client-iam";
import { given, oneOf, unlessDenied } from "../fact.ts";
import { contextOf, type Decided, isForeign } from "./role-decisions.ts";
import type { Need } from "./start-needs.ts";

type Simulation = {
  readonly PolicySourceArn: string;
  readonly ActionNames: string[];
  readonly ResourceArns: string[];
  readonly ContextEntries: { ContextKeyName: string; ContextKeyValues: string[]; ContextKeyType: "string" | "boolean" }[];
};
type Simulate = (input: Simulation) => Promise<Pick<SimulatePolicyResponse, "EvaluationResults">>;

/**
 * What IAM's simulator says of a role's needs; undecided where the caller may not ask it, or where it would have to know more. It asks for
 * every action on every resource, and refuses actions on things of different kinds in one call.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function simulated(simulate: Simulate, role: string, needs: readonly Need[]): Promise<readonly Decided[]> {
  const groups = [...Map.groupBy(needs, ({ action }) => kindOf(action)).values()];
  return (await Promise.all(groups.map((group) => simulatedTogether(simulate, role, group)))).flat();
}

const kinds: Readonly<Record<string, string>> = { "ecr:GetAuthorizationToken": "registry", "logs:PutLogEvents": "log stream" };
const kindOf = (action: string) => kinds[action] ?? action.replace(/:.*/, "");

async function simulatedTogether(simulate: Simulate, role: string, needs: readonly Need[]): Promise<readonly Decided[]> {
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  const [first] = needs;
  if (!first) return [];
  const answer = await unlessDenied(
    simulate({
      PolicySourceArn: role,
      ActionNames: unique(needs.map(({ action }) => action)),
      ResourceArns: unique(needs.map(({ resource }) => resource)),
      ContextEntries: entriesOf(needs, role),
    }),
  );
  const results = answer === null ? [] : given(answer.EvaluationResults, "EvaluationResults");
  return needs.map((need) => ({ ...need, ...saidOf(need, results, isForeign(need, role)) }));
}

/** What is the same for all of them. */
function entriesOf(needs: readonly Need[], role: string): Simulation["ContextEntries"] {
  const contexts = needs.map((need) => contextOf(need, role));
  const shared = Object.entries(contexts[0] ?? {}).filter(([key, value]) => contexts.every((one) => one[key] === value));
  return shared.map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value],
    ContextKeyType: /^(true|false)$/.test(value) ? "boolean" : "string",
  }));
}

const undecided = (by: Decided["by"]) => ({ decision: "undecided", by }) as const;

function saidOf({ action, resource }: Need, results: readonly EvaluationResult[], foreign: boolean): Pick<Decided, "decision" | "by"> {
  const result = results.find(({ EvalActionName }) => EvalActionName === action);
  const specific = result?.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
  // Over several resources the result as a whole is the strictest of theirs.
  const said = specific?.EvalResourceDecision ?? (resource === "*" ? result?.EvalDecision : undefined);
  if (!result || said === undefined) return undecided("simulator");
  const decision = oneOf(said, ["allowed", "explicitDeny", "implicitDeny"]);
  if ((specific ?? result).MissingContextValues?.length) return undecided("role");
  if (decision === "allowed") return { decision: "allow", by: "role" };
  // It does not say which condition keys it lacked for these.
  if (result.OrganizationsDecisionDetail?.AllowedByOrganizations === false) return undecided("organization");
  if (decision === "explicitDeny") return { decision: "deny", by: "role" };
  if ((specific ?? result).PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary === false)
    return { decision: "none", by: "boundary" };
  // Of another account's resource it means that its owner's policy was not given.
  return foreign ? undecided("another account") : { decision: "none", by: "role" };
}
