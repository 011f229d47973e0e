import type { CertificateDetail } from "@aws-sdk/client-acm";
import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { type Listener, listeners } from "./listeners.ts";
import { loadBalancerName } from "./load-balancers.ts";

const states = ["ISSUED", "EXPIRED", "PENDING_VALIDATION", "INACTIVE", "VALIDATION_TIMED_OUT", "REVOKED", "FAILED"] as const;
const renewals = ["PENDING_AUTO_RENEWAL", "PENDING_VALIDATION", "SUCCESS", "FAILED"] as const;

/** A certificate as ACM tells it. Dates are ISO 8601, and null before it was issued. `renewal` is how far ACM is with the next one. */
export type AcmCertificate = {
  readonly source: "acm";
  readonly arn: string;
  readonly names: readonly string[];
  readonly status: (typeof states)[number];
  readonly type: "AMAZON_ISSUED" | "IMPORTED" | "PRIVATE";
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly renewable: boolean;
  readonly renewal: (typeof renewals)[number] | null;
  readonly renewalReason: string | null;
};

/** Of a certificate that was uploaded to IAM nothing else is asked. */
export type ListenerCertificate = AcmCertificate | { readonly source: "iam"; readonly arn: string };

/** The certificates of a listener, the default one first. */
export type ListenerCertificates = { readonly listener: string; readonly certificates: readonly ListenerCertificate[] };

/** The certificates of the listeners that speak TLS. */
export const certificates = defineFact("certificates", {
  kind: "listener",
  calls: ["acm:DescribeCertificate", "elasticloadbalancing:DescribeListenerCertificates"],
  needs: [listeners],
  resources: (_, arn) => ({ "acm:DescribeCertificate": [arn("acm", "certificate/*")] }),

  subjects: ({ facts }) => facts.listeners.all().flatMap((one) => one.listeners.filter(speaksTls).map(({ arn }) => arn)),

  async ask({ aws, subject, facts }) {
    const told = async (arn: string) =>
      isAcm(arn) ? given((await aws.acm.DescribeCertificate({ CertificateArn: arn })).Certificate, "Certificate") : arn;
    const first = given(listenerOf(facts.listeners.all(), subject).certificate, "default certificate");
    // The default one, which is mostly the only one, need not wait for the list.
    const [shown, { Certificates }] = await Promise.all([
      told(first),
      aws.elasticloadbalancing.DescribeListenerCertificates({ ListenerArn: subject }),
    ]);
    const all = given(Certificates, "Certificates").map(({ CertificateArn }) => given(CertificateArn, "CertificateArn"));
    const others = [...new Set(all)].filter((arn) => arn !== first);
    return [shown, ...(await Promise.all(others.map(told)))];
  },

  read: (all, { subject, facts }): Reading<ListenerCertificates> =>
    known({
      listener: listenerOf(facts.listeners.all(), subject).name,
      certificates: all.map((one): ListenerCertificate => (typeof one === "string" ? { source: "iam", arn: one } : read(one))),
    }),

  name: (subject, value) => value?.listener ?? `${loadBalancerName(subject)}/${subject.split("/").at(-1)}`,
});

/** Whether a listener ends TLS, and so has a certificate. */
export const speaksTls = ({ protocol }: Pick<Listener, "protocol">) => protocol === "HTTPS" || protocol === "TLS";

const isAcm = (arn: string) => arn.split(":")[2] === "acm";

const listenerOf = (all: readonly { readonly listeners: readonly Listener[] }[], arn: string): Listener =>
  given(
    all.flatMap((one) => one.listeners).find((one) => one.arn === arn),
    "listener",
  );

function read(one: CertificateDetail): AcmCertificate {
  const { Status, Type, NotBefore, NotAfter, RenewalEligibility, RenewalSummary: renewal } = one;
  return {
    source: "acm",
    arn: given(one.CertificateArn, "CertificateArn"),
    names: [...new Set([given(one.DomainName, "DomainName"), ...(one.SubjectAlternativeNames ?? [])])],
    status: oneOf(Status, states),
    type: oneOf(Type, ["AMAZON_ISSUED", "IMPORTED", "PRIVATE"]),
    notBefore: NotBefore?.toISOString() ?? null,
    notAfter: NotAfter?.toISOString() ?? null,
    renewable: RenewalEligibility === "ELIGIBLE",
    renewal: renewal === undefined ? null : oneOf(renewal.RenewalStatus, renewals),
    renewalReason: renewal?.RenewalStatusReason ?? null,
  };
}
