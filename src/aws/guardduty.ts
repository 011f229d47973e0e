export {
  GetDetectorCommand as GetDetector,
  GuardDutyClient as Client,
  ListDetectorsCommand as ListDetectors,
} from "@aws-sdk/client-guardduty";
