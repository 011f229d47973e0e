/** How many of the leading numbers of a version make a major one; one, where the engine is not listed. */
const majors: readonly (readonly [engine: RegExp, numbers: number])[] = [
  // MySQL 8.0 and 8.4 are two, and Aurora tells both what it is compatible with and its own: 8.0.mysql_aurora.3.04.0
  [/^aurora-mysql$/, 3],
  [/^(mysql|mariadb|sqlserver)/, 2],
];

/**
 * Whether a version will do where another is stated: of the same major version, and not before it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
 */
export function suffices(actual: string, stated: string, engine: string): boolean {
  const [is, wanted] = [numbersOf(actual), numbersOf(stated)];
  const listed = majors.find(([pattern]) => pattern.test(engine))?.[1] ?? 1;
  // PostgreSQL counted otherwise until it was ten.
  const major = /postgres/.test(engine) && (wanted[0] ?? 0) < 10 ? 2 : listed;
  if (wanted.slice(0, major).some((number, index) => is[index] !== number)) return false;
  const different = wanted.findIndex((number, index) => (is[index] ?? 0) !== number);
  return different < 0 || (is[different] ?? 0) > (wanted[different] ?? 0);
}

/** Whether a version is the one stated, as far as that goes: 7.0.7 is 7.0 and 7, and 7.1 is not 7.0. */
export const beginsWith = (actual: string, stated: string): boolean => actual === stated || actual.startsWith(`${stated}.`);

const numbersOf = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);
