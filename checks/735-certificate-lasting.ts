import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { looking, meantFor, onlyListener } from "../src/diagnosis/certificates.ts";
import { type AcmCertificate, certificates } from "../src/facts/certificates.ts";
import { servedCertificates } from "../src/facts/served-certificates.ts";

const enough = 14;

export default defineCheck({
  title: "No certificate is about to expire",
  why: "A certificate that nobody renews takes the service away on a day that has been known for a year.",
  severity: "warning",
  about: servedCertificates,
  needs: [certificates],
  none: skip("nothing here speaks TLS: no listener, and no endpoint that is configured"),

  evaluate(served, facts, { now }) {
    const { shown, listener } = served;
    const acm = listener === null ? null : meantFor(served, facts.certificates.get(listener).certificates);
    const until = shown?.certificate.notAfter ?? acm?.notAfter;
    if (!until) return skip("shows no certificate whose end is known");
    const left = (Date.parse(until) - now.getTime()) / 86_400_000;
    const days = Math.floor(left);
    const evidence = { until, days, type: acm?.type ?? null, renewal: acm?.renewal ?? null };
    if (left < 0) return skip(`has expired on ${until.slice(0, 10)} already, which is more than about to`);
    if (left > enough) return pass(`is good for ${days} more days`, evidence);

    // What is shown may be another one than ACM's, such as that of a CDN.
    const own = acm && (onlyListener(served) || acm.notAfter === until) ? acm : null;
    const obstacle = obstacleOf(own);
    if (obstacle === null) return pass(`is good for ${days} more days, and ACM renews it`, evidence);
    const run = own ? [sh`aws acm describe-certificate --certificate-arn ${own.arn}`] : looking(served);
    return fail(`expires on ${until.slice(0, 10)}, in ${days} days: ${obstacle[0]}`, evidence, { do: obstacle[1], run });
  },
});

/** Why ACM will not renew a certificate, and what to do instead; null where it will. https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
function obstacleOf(acm: AcmCertificate | null): readonly [why: string, remedy: string] | null {
  if (acm === null) return ["nothing of AWS renews it", "Renew the certificate, and install it where it is shown."];
  const { type, renewable, renewal, renewalReason } = acm;
  if (type === "IMPORTED")
    return ["it was imported, so that ACM does not renew it", "Renew the certificate and import it again under the same ARN."];
  if (renewal === "PENDING_VALIDATION")
    return ["ACM cannot renew it until its domains are validated", "Restore the DNS records by which ACM validates the domains."];
  if (renewal === "FAILED")
    return [
      `ACM failed to renew it${renewalReason ? ` (${renewalReason})` : ""}`,
      "Mend what the reason names, or request a new certificate.",
    ];
  return renewable ? null : ["ACM does not hold it eligible for renewal", "Request a new certificate, and attach it to the listener."];
}
