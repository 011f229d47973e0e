/** Whether a certificate with these names is good for a host; a wildcard stands for one label. https://www.rfc-editor.org/rfc/rfc9525#section-6.3 */
export function covers(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  const above = wanted.replace(/^[^.]+/, "*");
  return names.some((name) => name.toLowerCase() === wanted || name.toLowerCase() === above);
}
