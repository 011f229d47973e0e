export {
  DescribeServiceDeploymentsCommand as DescribeServiceDeployments,
  DescribeServiceRevisionsCommand as DescribeServiceRevisions,
  DescribeServicesCommand as DescribeServices,
  DescribeTaskDefinitionCommand as DescribeTaskDefinition,
  DescribeTasksCommand as DescribeTasks,
  ECSClient as Client,
  ListServiceDeploymentsCommand as ListServiceDeployments,
  ListServicesCommand as ListServices,
  ListTasksCommand as ListTasks,
} from "@aws-sdk/client-ecs";
