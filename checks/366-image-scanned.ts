import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { imageScans } from "../src/facts/image-scans.ts";
import { images } from "../src/facts/images.ts";

export default defineCheck({
  title: "The last scan of every image found nothing critical",
  why: "A critical hole that the registry has already reported is one that nobody can say they did not know of.",
  severity: { "post-deploy": "advice", "sign-off": "warning" },
  about: images,
  needs: [imageScans],
  none: skip("there is no container"),

  evaluate(image, facts) {
    if (image.elsewhere !== null) return skip(image.elsewhere);
    const scan = facts.imageScans.find(image.image);
    if (scan === null) return skip("was never scanned");
    const { status, critical } = scan;
    if (critical === null) return skip(`has no result of a scan: it is ${status}`);

    const { region, repository, digest } = image;
    const evidence = { critical, status, digest };
    if (critical === 0) return pass("has no critical finding", evidence);
    return fail(`has ${critical} critical ${critical === 1 ? "finding" : "findings"}`, evidence, {
      do: "Rebuild the image with what mends them, and deploy it.",
      run: [
        sh`aws ecr describe-image-scan-findings --repository-name ${repository} --image-id imageDigest=${digest} --query ${"imageScanFindings.[findings, enhancedFindings][][?severity=='CRITICAL'][]"} --region ${region}`,
      ],
    });
  },
});
