import { defineCheck, type Evidence, fail, pass, skip } from "../src/check.ts";
import { acmFlaw, meantFor, shownFlaw } from "../src/diagnosis/certificates.ts";
import { type AcmCertificate, certificates } from "../src/facts/certificates.ts";
import { type Served, servedCertificates } from "../src/facts/served-certificates.ts";

export default defineCheck({
  title: "Every certificate is trusted, in date and for the right name",
  why: "Browsers turn users away with a full-page warning, and programs do not connect at all.",
  severity: { "pre-scale-up": "warning", "post-deploy": "blocker", "sign-off": "blocker" },
  about: servedCertificates,
  needs: [certificates],
  breaks: true,
  none: skip("nothing here speaks TLS: no listener, and no endpoint that is configured"),

  evaluate(served, facts, { now }) {
    const { shown, silence, listener } = served;
    const acm = listener === null ? null : meantFor(served, facts.certificates.get(listener).certificates);
    const evidence = evidenceOf(served, acm);
    const flaw = shownFlaw(served, acm, now);
    // Its own clients know a private authority.
    const privately = flaw?.about === "issuer" && acm?.type === "PRIVATE";
    if (flaw && !privately) return fail(flaw.says, evidence, flaw.fix);
    const inAcm = acm && acmFlaw(served, acm, now);
    if (inAcm) return fail(inAcm.says, evidence, inAcm.fix);

    if (flaw) return skip(`${flaw.says}, and ACM has it from a private authority`);
    if (shown) return pass(`shows a trusted certificate that is good until ${shown.certificate.notAfter.slice(0, 10)}`, evidence);
    if (silence?.outcome === "tls" && served.endpoints.length > 0)
      return fail(`does not shake hands over TLS: ${silence.why}`, evidence, {
        do: "Let what listens there speak TLS, or correct the scheme or the port of the URL.",
        run: [],
      });
    if (acm) return pass(`has a certificate that ACM has issued, good until ${acm.notAfter?.slice(0, 10)}`, evidence);
    const why = silence ? `could not be asked from here: ${silence.why}` : "is not asked from here";
    return skip(`${why}, and its certificate is none of ACM's`);
  },
});

function evidenceOf({ url, host, shown, silence }: Served, acm: AcmCertificate | null): Evidence {
  const { arn = null, status = null, names = [] } = acm ?? {};
  return { url, host, shown: shown && { ...shown.certificate, distrust: shown.distrust }, silence, acm: acm && { arn, status, names } };
}
