export {
  DescribeListenerCertificatesCommand as DescribeListenerCertificates,
  DescribeListenersCommand as DescribeListeners,
  DescribeLoadBalancersCommand as DescribeLoadBalancers,
  DescribeRulesCommand as DescribeRules,
  DescribeTargetGroupsCommand as DescribeTargetGroups,
  DescribeTargetHealthCommand as DescribeTargetHealth,
  ElasticLoadBalancingV2Client as Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
