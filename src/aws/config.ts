export {
  ConfigServiceClient as Client,
  DescribeConfigurationRecorderStatusCommand as DescribeConfigurationRecorderStatus,
} from "@aws-sdk/client-config-service";
