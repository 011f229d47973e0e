export {
  GetObjectCommand as GetObject,
  S3Client as Client,
} from "@aws-sdk/client-s3";

/** A bucket may be in another region, and its name may have dots, which no certificate covers. */
export const settings = { followRegionRedirects: true, forcePathStyle: true };
