export {
  DescribeFlowLogsCommand as DescribeFlowLogs,
  DescribeInternetGatewaysCommand as DescribeInternetGateways,
  DescribeNatGatewaysCommand as DescribeNatGateways,
  DescribeNetworkAclsCommand as DescribeNetworkAcls,
  DescribeNetworkInterfacesCommand as DescribeNetworkInterfaces,
  DescribeRouteTablesCommand as DescribeRouteTables,
  DescribeSecurityGroupsCommand as DescribeSecurityGroups,
  DescribeSubnetsCommand as DescribeSubnets,
  DescribeVpcEndpointsCommand as DescribeVpcEndpoints,
  EC2Client as Client,
} from "@aws-sdk/client-ec2";
