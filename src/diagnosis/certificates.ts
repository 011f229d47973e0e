import { type Fix, sh } from "../check.ts";
import { covers } from "../facts/certificate-names.ts";
import type { AcmCertificate, ListenerCertificate } from "../facts/certificates.ts";
import type { Served } from "../facts/served-certificates.ts";

/** In which way a certificate is no good, and what mends it. */
export type Flaw = { readonly about: "date" | "name" | "issuer" | "state"; readonly says: string; readonly fix: Fix };

const inDate = "Put a certificate there that is in date.";
const day = (date: string) => date.slice(0, 10);

/** The certificate of its listener that is meant for a host: one that names it, else the default one. Null where ACM has none of them. */
export function meantFor({ host }: Pick<Served, "host">, all: readonly ListenerCertificate[]): AcmCertificate | null {
  const issued = all.filter((one) => one.source === "acm");
  const naming = host === null ? undefined : issued.find(({ names }) => covers(names, host));
  return naming ?? issued.find((one) => one === all[0]) ?? null;
}

/** What a client would object to in what was shown to it. */
export function shownFlaw(served: Served, acm: AcmCertificate | null, now: Date): Flaw | null {
  const { shown, host } = served;
  if (shown === null || shown.distrust === null) return null;
  const { names, issuer, notBefore, notAfter } = shown.certificate;
  const renew = (says: string): Flaw => ({ about: "date", says, fix: { do: inDate, run: replacing(served, acm) } });
  if (now.toISOString() > notAfter) return renew(`shows a certificate that expired on ${day(notAfter)}`);
  if (now.toISOString() < notBefore) return renew(`shows a certificate that is good only from ${day(notBefore)} on`);
  if (host !== null && !covers(names, host)) return unnamed(served, `shows a certificate for ${names.join(", ") || "no name"}`);
  const trusted = `Put a certificate there for ${host} by an authority that clients trust.`;
  if (shown.distrust === "DEPTH_ZERO_SELF_SIGNED_CERT")
    return {
      about: "issuer",
      says: "shows a certificate that is signed by nobody but itself",
      fix: { do: trusted, run: replacing(served, acm) },
    };
  if (shown.distrust === "UNABLE_TO_VERIFY_LEAF_SIGNATURE")
    return {
      about: "issuer",
      says: "shows a certificate without the chain that leads to a trusted authority",
      fix: { do: "Install the certificate with its whole chain.", run: replacing(served, acm) },
    };
  const says = `shows a certificate by ${issuer ?? "nobody"} that is not trusted here: ${shown.distrust}`;
  return { about: "issuer", says, fix: { do: trusted, run: replacing(served, acm) } };
}

/** What is wrong with the certificate that ACM has for a host, whatever was shown. */
export function acmFlaw(served: Served, acm: AcmCertificate, now: Date): Flaw | null {
  const { status, notAfter, arn, names } = acm;
  const { host } = served;
  const look = sh`aws acm describe-certificate --certificate-arn ${arn}`;
  if (status === "PENDING_VALIDATION")
    return {
      about: "state",
      says: "has a certificate that ACM has not issued yet: it waits for its domains to be validated",
      fix: { do: "Create the DNS records by which ACM validates the domains.", run: [look] },
    };
  if (status !== "ISSUED") {
    const says = `has a certificate that is ${status} in ACM`;
    return {
      about: "state",
      says,
      fix: { do: "Replace the certificate by one that ACM has issued.", run: [look, ...replacing(served, acm)] },
    };
  }
  if (notAfter !== null && now.toISOString() > notAfter)
    return {
      about: "date",
      says: `has a certificate in ACM that expired on ${day(notAfter)}`,
      fix: { do: inDate, run: replacing(served, acm) },
    };
  if (host !== null && !covers(names, host) && onlyListener(served)) return unnamed(served, `has a certificate for ${names.join(", ")}`);
  return null;
}

/** Whether it is the load balancer itself that a host's users meet, as far as is known, and no CDN before it. */
export const onlyListener = ({ url, endpoints }: Served) =>
  url === null || endpoints.length === 0 || /\.elb\.[\w.-]*amazonaws\.com/.test(url);

function unnamed(served: Served, says: string): Flaw {
  const { host, listener } = served;
  const run =
    listener === null
      ? looking(served)
      : [`${sh`aws elbv2 add-listener-certificates --listener-arn ${listener}`} --certificates CertificateArn="$CERTIFICATE_ARN"`];
  return { about: "name", says: `${says}, and not for this name`, fix: { do: `Add a certificate that names ${host}.`, run } };
}

/** The commands that put another certificate in a listener's place; where it is no listener of this stack, those that show what is there. */
function replacing(served: Served, acm: AcmCertificate | null): readonly string[] {
  const { listener, host } = served;
  if (listener === null) return looking(served);
  if (acm?.type === "IMPORTED")
    return [
      sh`aws acm import-certificate --certificate-arn ${acm.arn} --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem`,
    ];
  return [
    ...(host === null ? [] : [sh`aws acm request-certificate --domain-name ${host} --validation-method DNS`]),
    `${sh`aws elbv2 modify-listener --listener-arn ${listener}`} --certificates CertificateArn="$CERTIFICATE_ARN"`,
  ];
}

/** The command that shows what is shown there. */
export function looking({ url, host }: Served): readonly string[] {
  if (url === null || host === null) return [];
  const { hostname, port } = new URL(url);
  const where = sh`openssl s_client -connect ${`${hostname}:${port || 443}`} -servername ${host}`;
  return [`${where} </dev/null | openssl x509 -noout -dates -issuer -ext subjectAltName`];
}
