export {
  DescribeKeyCommand as DescribeKey,
  GetKeyPolicyCommand as GetKeyPolicy,
  KMSClient as Client,
} from "@aws-sdk/client-kms";
