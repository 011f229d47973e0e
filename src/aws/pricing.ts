export {
  GetProductsCommand as GetProducts,
  PricingClient as Client,
} from "@aws-sdk/client-pricing";
