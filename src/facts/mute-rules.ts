import { defineFact, given, known, type Reading } from "../fact.ts";

/** A rule that silences alarms now, by their names. */
export type MuteRule = { readonly name: string; readonly alarms: readonly string[]; readonly until: string | null };

/** The mute rules that are active. */
export const muteRules = defineFact("muteRules", {
  kind: "mute-rules",
  calls: ["cloudwatch:ListAlarmMuteRules", "cloudwatch:GetAlarmMuteRule"],
  volatile: true,

  subjects: ({ config }) => (Object.keys(config.alarms).length > 0 ? ["active"] : []),

  // The list tells neither which alarms a rule silences, nor its name but in its ARN.
  async ask({ aws }) {
    const { AlarmMuteRuleSummaries } = await aws.cloudwatch.ListAlarmMuteRules({ Statuses: ["ACTIVE"], MaxRecords: 100 });
    const arns = given(AlarmMuteRuleSummaries, "AlarmMuteRuleSummaries").map(({ AlarmMuteRuleArn }) => given(AlarmMuteRuleArn, "ARN"));
    return Promise.all(arns.map((arn) => aws.cloudwatch.GetAlarmMuteRule({ AlarmMuteRuleName: arn.split(":").slice(6).join(":") })));
  },

  read: (rules): Reading<{ readonly rules: readonly MuteRule[] }> =>
    known({
      rules: rules.map(({ Name, MuteTargets, ExpireDate }) => ({
        name: given(Name, "Name"),
        alarms: given(MuteTargets?.AlarmNames, "AlarmNames"),
        until: ExpireDate?.toISOString() ?? null,
      })),
    }),
});
