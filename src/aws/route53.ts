export {
  ListHostedZonesCommand as ListHostedZones,
  ListResourceRecordSetsCommand as ListResourceRecordSets,
  Route53Client as Client,
} from "@aws-sdk/client-route-53";
