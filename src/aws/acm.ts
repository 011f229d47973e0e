export {
  ACMClient as Client,
  DescribeCertificateCommand as DescribeCertificate,
} from "@aws-sdk/client-acm";
