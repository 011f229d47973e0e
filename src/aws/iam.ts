export {
  GetPolicyCommand as GetPolicy,
  GetPolicyVersionCommand as GetPolicyVersion,
  GetRoleCommand as GetRole,
  GetRolePolicyCommand as GetRolePolicy,
  IAMClient as Client,
  ListAttachedRolePoliciesCommand as ListAttachedRolePolicies,
  ListRolePoliciesCommand as ListRolePolicies,
  SimulatePrincipalPolicyCommand as SimulatePrincipalPolicy,
} from "@aws-sdk/client-iam";
