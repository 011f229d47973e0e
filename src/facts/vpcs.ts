import { loadBalancers } from "./load-balancers.ts";
import { subnets } from "./subnets.ts";

interface Seen {
  readonly facts: {
    readonly subnets: { all(): readonly { readonly vpc: string }[] };
    readonly loadBalancers: { all(): readonly { readonly vpc: string | null }[] };
  };
}

/** What a fact about networks needs, to know which ones. */
export const standing = [subnets, loadBalancers] as const;

/** The networks that the services and the load balancers in front of them stand in. */
export const vpcsOf = ({ facts }: Seen): readonly string[] =>
  [...facts.subnets.all(), ...facts.loadBalancers.all()].flatMap(({ vpc }) => vpc ?? []);

/** A filter by what holds the network's id; it takes 200 values. */
export const inVpcs = (subjects: string[], Name = "vpc-id") => [{ Name, Values: subjects }];
/** How many networks one call may ask about. */
export const atOnce = 200;
