import type { Material, Part } from "../part.ts";

/** Where Terraform keeps its state, and what locks it. */
export function terraformPart({ meant: { lock } }: Material): Part {
  return { key: "terraform", about: "Whoever holds this lock is changing the stack.", flat: true, value: lock ? { ...lock } : undefined };
}
