export {
  BatchGetImageCommand as BatchGetImage,
  DescribeImageScanFindingsCommand as DescribeImageScanFindings,
  DescribeImagesCommand as DescribeImages,
  DescribePullThroughCacheRulesCommand as DescribePullThroughCacheRules,
  ECRClient as Client,
} from "@aws-sdk/client-ecr";
