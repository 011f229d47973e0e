import type { Config } from "../config.ts";

/** The hosts that services must have, without their ports, each once. */
export const configuredHosts = ({ services }: Pick<Config, "services">): readonly string[] => [
  ...new Set(Object.values(services).flatMap(({ host }) => (host === undefined || host.includes("*") ? [] : [plainName(host)]))),
];

/**
 * A name as it is compared: in lower case, without the final dot, and with what Route 53 tells in octal spelt out.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export const plainName = (name: string): string =>
  name
    .replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .toLowerCase()
    .replace(/\.$/, "");

/** The names above one, nearest first, down to the zone that holds it and without that. */
export function between(host: string, zone: string): readonly string[] {
  if (host === zone) return [];
  const above = host.slice(host.indexOf(".") + 1);
  return above === zone ? [] : [above, ...between(above, zone)];
}

/** Whether a name is in a zone. */
export const within = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`);
