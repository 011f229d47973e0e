type Settings = { readonly [setting: string]: string | number | boolean | undefined };

/** Settings as Terraform means them, else as they are deployed; with a remark where the two differ, or nothing is deployed. */
export function differing(deployed: Settings | null, meant: Settings | undefined) {
  const value = Object.fromEntries(
    Object.entries({ ...deployed, ...meant }).flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const])),
  );
  if (deployed === null) return { value, remarks: meant ? ["Terraform's, and not deployed."] : [] };
  const others = Object.entries(meant ?? {}).filter(
    ([key, one]) => key in deployed && String(deployed[key]).toLowerCase() !== String(one).toLowerCase(),
  );
  return { value, remarks: others.map(([key, one]) => `${key} ${one} is Terraform's: deployed is ${deployed[key]}.`) };
}
