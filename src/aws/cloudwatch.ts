export {
  CloudWatchClient as Client,
  DescribeAlarmsCommand as DescribeAlarms,
  GetAlarmMuteRuleCommand as GetAlarmMuteRule,
  ListAlarmMuteRulesCommand as ListAlarmMuteRules,
} from "@aws-sdk/client-cloudwatch";
