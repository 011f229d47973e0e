import { defineFact, given, known, type Link, type Reading } from "../fact.ts";
import { type Service, services } from "./services.ts";

/** How many vCPUs the account may run at once in the region, of one kind of Fargate. */
export type FargateQuota = {
  readonly code: string;
  readonly kind: FargateKind;
  readonly vcpus: number;
  /** Whose tasks may count against it. */
  readonly services: readonly string[];
};

/** How Fargate is paid for. */
export type FargateKind = "On-Demand" | "Spot";

const codes: Readonly<Record<FargateKind, string>> = { "On-Demand": "L-3032A538", Spot: "L-36FBB829" };

/** The kinds of Fargate that a service's tasks may be placed on; none on other capacity. */
export function kindsOf({ launchType, capacityProviders }: Pick<Service, "launchType" | "capacityProviders">): readonly FargateKind[] {
  if (launchType === "FARGATE") return ["On-Demand"];
  const onDemand = capacityProviders.includes("FARGATE") ? ["On-Demand" as const] : [];
  return [...onDemand, ...(capacityProviders.includes("FARGATE_SPOT") ? ["Spot" as const] : [])];
}

/** The quotas that the services' tasks count against. */
export const fargateQuotas = defineFact("fargateQuotas", {
  kind: "quota",
  calls: ["servicequotas:GetServiceQuota", "servicequotas:GetAWSDefaultServiceQuota"],
  needs: [services],

  subjects: ({ facts }) =>
    facts.services
      .all()
      .flatMap(kindsOf)
      .map((kind) => codes[kind]),

  async ask({ aws, subject }) {
    const quota = { ServiceCode: "fargate", QuotaCode: subject };
    return aws.servicequotas.GetServiceQuota(quota).catch((error: unknown) => {
      // The account has no value of its own, so that AWS's counts.
      if (error instanceof Error && error.name === "NoSuchResourceException") return aws.servicequotas.GetAWSDefaultServiceQuota(quota);
      throw error;
    });
  },

  read({ Quota }, { subject, facts }): Reading<FargateQuota> {
    const kind = subject === codes.Spot ? "Spot" : "On-Demand";
    const users = facts.services.all().flatMap((service) => (kindsOf(service).includes(kind) ? [service.name] : []));
    return known({ code: subject, kind, vcpus: given(given(Quota, "Quota").Value, "Value"), services: users });
  },

  name: (code) => (code === codes.Spot ? "fargate-spot-vcpus" : "fargate-vcpus"),

  links: (quota, name) => quota.services.map((service): Link => [`service:${service}`, `quota:${name}`]),
});
