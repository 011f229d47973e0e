export {
  GetSubscriptionAttributesCommand as GetSubscriptionAttributes,
  GetTopicAttributesCommand as GetTopicAttributes,
  ListSubscriptionsByTopicCommand as ListSubscriptionsByTopic,
  SNSClient as Client,
} from "@aws-sdk/client-sns";
