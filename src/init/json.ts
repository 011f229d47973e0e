/** An object of JSON, as far as it was looked at. */
export type Values = { readonly [key: string]: unknown };

/** Whether a value of JSON is an object with keys. */
export const isObject = (value: unknown): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

/** The value where it is a text with something in it; null for all else. */
export const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
/** The value where it is a number; null for all else. */
export const number = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
/** The value where it is true or false; null for all else. */
export const yesOrNo = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);
/** The value where it is a whole number of at least so much; null for all else. */
export const whole = (value: unknown, least = 0): number | null =>
  Number.isSafeInteger(value) && Number(value) >= least ? Number(value) : null;
/** The texts of a list; none of what is no list. */
export const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : []);
/** The objects of a list; none of what is no list. */
export const objects = (value: unknown): readonly Values[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The members that are not null. */
export const present = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
