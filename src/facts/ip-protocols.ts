/** What EC2 calls a protocol, by name or number: `tcp`, `udp`, `icmp`, another number, or `all`. */
export const ipProtocol = (said: string): string => (said === "-1" ? "all" : said === "6" ? "tcp" : said === "17" ? "udp" : said);
