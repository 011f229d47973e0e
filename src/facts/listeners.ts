import type { Listener as SdkListener } from "@aws-sdk/client-elastic-load-balancing-v2";
import { defineFact, given, known, oneOf, type Reading } from "../fact.ts";
import { loadBalancerName } from "./load-balancers.ts";
import { type Action, actionOf } from "./routing.ts";
import { type Protocol, targetGroups } from "./target-groups.ts";

/** Where a load balancer listens, and what it does where no rule decides. */
export type Listener = {
  readonly name: string;
  readonly arn: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly otherwise: Action;
  /** Of one that speaks TLS: the ARN of the certificate that it shows unless asked for another, and the policy of its ciphers. */
  readonly certificate: string | null;
  readonly policy: string | null;
};

/** The listeners of one load balancer. */
export type Listeners = { readonly loadBalancer: string; readonly listeners: readonly Listener[] };

/** The listeners of the load balancers that lead to the services' target groups. */
export const listeners = defineFact("listeners", {
  kind: "load-balancer",
  calls: ["elasticloadbalancing:DescribeListeners"],
  needs: [targetGroups],
  absentOn: ["LoadBalancerNotFoundException"],

  subjects: ({ facts }) => facts.targetGroups.all().flatMap((group) => group.loadBalancers),

  ask: ({ aws, subject }) => aws.elasticloadbalancing.DescribeListeners({ LoadBalancerArn: subject }),

  read: ({ Listeners }, { subject }): Reading<Listeners> =>
    known({ loadBalancer: subject, listeners: given(Listeners, "Listeners").map((listener) => read(listener, loadBalancerName(subject))) }),

  name: loadBalancerName,
});

function read({ ListenerArn, Port, Protocol, DefaultActions, Certificates, SslPolicy }: SdkListener, loadBalancer: string): Listener {
  const port = given(Port, "listener port");
  return {
    name: `${loadBalancer}:${port}`,
    arn: given(ListenerArn, "ListenerArn"),
    port,
    protocol: oneOf(Protocol, ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]),
    otherwise: actionOf(given(DefaultActions, "DefaultActions")),
    certificate: Certificates?.[0]?.CertificateArn ?? null,
    policy: SslPolicy ?? null,
  };
}
