export {
  DescribeSecretCommand as DescribeSecret,
  GetSecretValueCommand as GetSecretValue,
  SecretsManagerClient as Client,
} from "@aws-sdk/client-secrets-manager";
