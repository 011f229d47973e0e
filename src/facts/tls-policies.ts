/** The versions of TLS, by what is written of them. */
export type TlsVersion = "1.0" | "1.1" | "1.2" | "1.3";

/**
 * The lowest version of TLS that each predefined security policy still accepts.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const lowest: { readonly [V in TlsVersion]: readonly string[] } = {
  "1.3": ["TLS13-1-3-2021-06", "TLS13-1-3-FIPS-2023-04", "TLS13-1-3-PQ-2025-09", "TLS13-1-3-FIPS-PQ-2025-09"],
  "1.2": [
    ...["TLS13-1-2-2021-06", "TLS13-1-2-Res-2021-06", "TLS13-1-2-Ext1-2021-06", "TLS13-1-2-Ext2-2021-06"],
    ...["TLS13-1-2-FIPS-2023-04", "TLS13-1-2-Res-FIPS-2023-04", "TLS13-1-2-Ext0-FIPS-2023-04"],
    ...["TLS13-1-2-Ext1-FIPS-2023-04", "TLS13-1-2-Ext2-FIPS-2023-04"],
    ...["TLS13-1-2-PQ-2025-09", "TLS13-1-2-Res-PQ-2025-09", "TLS13-1-2-Ext1-PQ-2025-09", "TLS13-1-2-Ext2-PQ-2025-09"],
    ...["TLS13-1-2-FIPS-PQ-2025-09", "TLS13-1-2-Res-FIPS-PQ-2025-09", "TLS13-1-2-Ext0-FIPS-PQ-2025-09"],
    ...["TLS13-1-2-Ext1-FIPS-PQ-2025-09", "TLS13-1-2-Ext2-FIPS-PQ-2025-09"],
    ...["TLS13-1-2-RFC9151-FIPS-2023-07", "TLS13-1-2-Ext0-RFC9151-FIPS-2023-07"],
    ...["TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06", "FS-1-2-2019-08", "FS-1-2-Res-2019-08", "FS-1-2-Res-2020-10"],
  ],
  "1.1": ["TLS13-1-1-2021-06", "TLS13-1-1-FIPS-2023-04", "TLS-1-1-2017-01", "FS-1-1-2019-08"],
  "1.0": [
    ...["TLS13-1-0-2021-06", "TLS13-1-0-FIPS-2023-04", "TLS13-1-0-PQ-2025-09", "TLS13-1-0-FIPS-PQ-2025-09"],
    ...["2016-08", "2015-05", "TLS-1-0-2015-04", "FS-2018-06"],
  ],
};

/** The lowest version of TLS that a security policy accepts; null where nobody has met the policy. */
export function lowestVersion(policy: string): TlsVersion | null {
  const name = policy.replace(/^ELBSecurityPolicy-/, "");
  const found = Object.entries(lowest).find(([, policies]) => policies.includes(name));
  return found ? (found[0] as TlsVersion) : null;
}
