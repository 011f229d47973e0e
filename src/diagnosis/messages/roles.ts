import type { Rule } from "./rule.ts";

/** Roles that ECS itself has to use. */
export const roles: readonly Rule[] = [
  {
    cause: "role-assume-failed",
    says: /unable to assume role and validate the listeners/,
    open: [
      { cause: "target-group-misconfigured", tellsApart: "aws elbv2 describe-listeners: whether the target group hangs on a listener" },
    ],
  },
  {
    cause: "role-assume-failed",
    says: /(unable to|cannot|could not|failed to|can't) assume\b|sts:assumerole|trust (relationship|policy)|iam (permissions? polic\w+|trust relationship)|service[- ]linked role|pass ?role|credentials not found|invalid ?iam ?instance ?profile|(is invalid or )?cannot be assumed|unable to find (task )?(execution )?role credentials/,
  },
  { cause: "role-assume-failed", says: /role .*(does not exist|is not valid|is invalid|cannot be found)|nosuchentity.*role/ },
  { cause: "role-assume-failed", says: /unauthorizedoperation/, unless: /network interface/ },
  { cause: "role-assume-failed", about: "roles" },
];
