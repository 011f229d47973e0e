export {
  GetAWSDefaultServiceQuotaCommand as GetAWSDefaultServiceQuota,
  GetServiceQuotaCommand as GetServiceQuota,
  ServiceQuotasClient as Client,
} from "@aws-sdk/client-service-quotas";
