export {
  CloudWatchLogsClient as Client,
  DescribeLogGroupsCommand as DescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
