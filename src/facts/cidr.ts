interface Range {
  readonly sixth: boolean;
  readonly first: bigint;
  readonly bits: number;
  readonly size: number;
}

/** Whether every address of one range is in the other. */
export function covers(outer: string, inner: string): boolean {
  const [one, other] = [rangeOf(outer), rangeOf(inner)];
  return one !== null && other !== null && one.bits <= other.bits && overlap(one, other);
}

/** Whether two ranges have an address in common. */
export function overlaps(one: string, other: string): boolean {
  const [a, b] = [rangeOf(one), rangeOf(other)];
  return a !== null && b !== null && overlap(a, b);
}

/** How long a range's prefix is: the longer, the narrower. */
export const prefixLength = (cidr: string): number => rangeOf(cidr)?.bits ?? -1;

/** Ranges that nobody has on the internet. */
const internal = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
];

/** Whether nothing of a range is on the internet. */
export const isInternal = (cidr: string): boolean => internal.some((range) => covers(range, cidr));

/** Everything on the internet that has an IPv4 address. */
export const internet = "0.0.0.0/0";
/** Everything on the internet that has an IPv6 address. */
export const sixthInternet = "::/0";

function overlap(a: Range, b: Range): boolean {
  const shift = BigInt(a.size - Math.min(a.bits, b.bits));
  return a.sixth === b.sixth && a.first >> shift === b.first >> shift;
}

/** Null for what is no range, such as a prefix list. */
function rangeOf(cidr: string): Range | null {
  const [address = "", bits] = cidr.split("/");
  const sixth = address.includes(":");
  const first = sixth ? sixthAddress(address) : fourthAddress(address);
  const size = sixth ? 128 : 32;
  return first === null ? null : { sixth, first, size, bits: bits === undefined ? size : Number(bits) };
}

function fourthAddress(address: string): bigint | null {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function sixthAddress(address: string): bigint | null {
  const [before = "", after] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const [head, tail] = [groups(before), groups(after ?? "")];
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(Math.max(zeros, 0)).fill("0"), ...tail];
  if (all.length !== 8 || !all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
