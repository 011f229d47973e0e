export {
  CloudWatchClient as Client,
  DescribeAlarmsCommand as DescribeAlarms,
  GetAlarmMuteRuleCommand as GetAlarmMuteRule,
  GetDashboardCommand as GetDashboard,
  ListAlarmMuteRulesCommand as ListAlarmMuteRules,
  ListDashboardsCommand as ListDashboards,
} from "@aws-sdk/client-cloudwatch";
