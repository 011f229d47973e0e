/** A runner's reading of GITHUB_OUTPUT: `name=value`, or lines between `name<<END` and END; the last of a name counts. */
export function outputsIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const lines = text.split("\n");
  for (let n = 0; n < lines.length; n++) {
    const [, name = "", end] = /^([^=<]+)<<(.+)$/.exec(lines[n] ?? "") ?? [];
    const [, plain = "", value = ""] = /^([^=<]+)=(.*)$/.exec(lines[n] ?? "") ?? [];
    if (plain) found.set(plain, value);
    if (end === undefined) continue;
    const last = lines.indexOf(end, n + 1);
    if (last < 0) throw new Error(`${name} does not end`);
    found.set(name, lines.slice(n + 1, last).join("\n"));
    n = last;
  }
  return found;
}
