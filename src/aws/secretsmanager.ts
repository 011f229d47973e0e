export {
  DescribeSecretCommand as DescribeSecret,
  GetResourcePolicyCommand as GetResourcePolicy,
  GetSecretValueCommand as GetSecretValue,
  SecretsManagerClient as Client,
} from "@aws-sdk/client-secrets-manager";
