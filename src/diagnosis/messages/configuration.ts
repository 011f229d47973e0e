import type { Rule } from "./rule.ts";

/** Definitions that ECS does not accept, or that cannot run where they are to. */
export const configuration: readonly Rule[] = [
  {
    cause: "invalid-task-configuration",
    says: /no fargate configuration exists|invalid '?(cpu|memory)|'(cpu|memory)' setting|does not support (launch|compatib|platform)|not compatible with|fargate (requires|only supports|does not support)|requires? task definition/,
  },
  {
    cause: "invalid-task-configuration",
    says: /task ?definition (\S+ )?(is |was )?(inactive|not found|does not exist|is not active)|unable to describe task definition|not contain the container|no container with name|should have at least one essential|(network ?configuration|network ?mode|platform ?version|launch ?type|capacity provider strategy) .*(must|not|invalid|only|require|support)/,
  },
  {
    cause: "invalid-task-configuration",
    says: /clientexception\W.*registertaskdefinition operation: .{12}|registertaskdefinition,.*clientexception: .{12}/,
    unless: /too many|throttl|rate exceeded/,
  },
  {
    cause: "invalid-task-configuration",
    says: /greater than for the task|container\.\w+ |invalid setting for container|(security group|subnet)s? .*(does not exist|not belong|not found)|unknown (volume|parameter)|volume .*not (defined|found)/,
  },
  {
    cause: "invalid-task-configuration",
    says: /must (also )?(specify|be specified|be provided|match|not be)|is not (valid|supported) for (the|this) (given )?(network|launch)|not supported when|can have at most|should not be null|contains invalid characters|list cannot be empty|duplicate container|does not refer to any named|invalid arn syntax/,
  },
  {
    cause: "invalid-task-configuration",
    says: /blockedexception|account (is|was) (\w+ )?blocked|(service|cluster)notactive|namespacenotfound|platform(unknown|taskdefinitionincompatibility)exception|unsupportedfeatureexception|specified platform|specified capacity provider/,
  },
  { cause: "invalid-task-configuration", says: /invalidparameter\w*\W.*does not support/ },
  // What the API refuses as it is written, where the whole sentence says nothing else.
  {
    cause: "invalid-task-configuration",
    says: /invalidparameter(value|combination)?(exception)?\W.*[a-z]{3} [a-z]{2,} .*[a-z]{3}/,
    when: ({ whole }) => whole,
  },
];
