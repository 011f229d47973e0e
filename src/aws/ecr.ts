export {
  BatchGetImageCommand as BatchGetImage,
  DescribeImagesCommand as DescribeImages,
  ECRClient as Client,
} from "@aws-sdk/client-ecr";
