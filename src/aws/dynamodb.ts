export {
  DynamoDBClient as Client,
  GetItemCommand as GetItem,
} from "@aws-sdk/client-dynamodb";
