type Shape = readonly [what: string, pattern: RegExp, mask?: (match: readonly string[], masked: string) => string];

/** After one of these names stands what nobody should read. */
const telling = [
  "pass(?:word|wd|phrase|code)?",
  "pwd",
  "secret",
  "token",
  "api[-_ ]?key",
  "(?:access|private|secret|signing|encryption)[-_ ]?key",
  "credentials?",
  "authorization",
  "cookie",
].join("|");
const unless = String.raw`(?!\\?["']?\[masked: [\w ]+\])`;
const value = String.raw`\\?"(?:[^"\\]|\\[^"])*\\?"|\\?'(?:[^'\\]|\\[^'])*\\?'|(?:(?:bearer|basic|token|digest)\s+)?[^\s,;&"'<>)}\]\\]+`;

/** That there is none is what a reader wants to know. */
const none = /^\\?["']?(?:none|null|nil|undefined|true|false|str|string|\*+|\.{3}|\[?redacted\]?)?\\?["']?$/i;

/** How credentials look, and what is said in the place of one. What stands first is masked first. */
const shapes: readonly Shape[] = [
  // The end of one may be out of sight, and so may its beginning.
  ["a PEM block", /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g],
  ["a PEM block", /(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/=]{1,100}(?:\s|\\n|\\r){1,4}){0,200}-----END [A-Z0-9 ]+-----/g],
  ["a JWT", /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)*/g],
  ["an AWS access key", /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Z0-9])/g],
  ["a token", /\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk[-_](?:live|test|proj|ant)[-_]|AIza|SG\.|npm_|pypi-)[\w.-]{16,}/g],
  ["a password", /(\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s:/@"'<>]*:)([^\s"'<>]+)(?=@)/gi, ([, before = ""], masked) => before + masked],
  ["a token", /(\b[a-z][a-z\d+.-]{0,30}:\/\/)([^\s:/@"'<>]{16,})(?=@)/gi, ([, before = ""], masked) => before + masked],
  [
    "a credential",
    new RegExp(
      String.raw`(?<!arn:aws[\w-]*:secretsmanager:\S{0,100})([\w.]{0,40}(?:${telling})s?(?:[-_](?:key|value|id|hash|b64|base64))?\d*\\?["']?\s*(?:=>|[:=])\s*)${unless}(${value})`,
      "gi",
    ),
    ([whole = "", name = "", said = ""], masked) => (none.test(said) ? whole : name + masked),
  ],
  ["a credential", new RegExp(String.raw`(--?(?:${telling})[ =])${unless}([^\s]+)`, "gi"), ([, name = ""], masked) => name + masked],
  [
    "a token",
    /\b((?:bearer|basic)\s+)([\w.~+/-]{6,}=*)/gi,
    ([whole = "", scheme = "", said = ""], masked) => (/[\d+/=_~]|[a-z][A-Z]/.test(said) ? scheme + masked : whole),
  ],
  [
    "an AWS secret key",
    /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    ([said = ""], masked) => (isRandom(said) ? masked : said),
  ],
  ["a long number", /(?<!sha256:)(?<![A-Za-z0-9])[0-9a-f]{32,}(?![A-Za-z0-9])/gi],
  ["a long key", /(?<![\w+/-])[\w+/-]{32,}={0,2}/g, ([said = ""], masked) => (isRandom(said) ? masked : said)],
];

/** A text in which whatever looks like a credential is replaced by what it looks like. */
export function maskShapes(text: string): string {
  return shapes.reduce(
    (said, [what, pattern, mask = (_, masked) => masked]) =>
      said.replace(pattern, (...match) =>
        mask(match.filter((part) => typeof part === "string" || part === undefined) as string[], `[masked: ${what}]`),
      ),
    text,
  );
}

/** Of letters of both kinds and digits, more thoroughly mixed than words and paths are. */
function isRandom(text: string): boolean {
  const kinds = [...text].map((sign) => (/[a-z]/.test(sign) ? "a" : /[A-Z]/.test(sign) ? "A" : /\d/.test(sign) ? "0" : "/"));
  const changes = kinds.filter((kind, n) => n > 0 && kind !== kinds[n - 1]).length;
  return (["a", "A", "0"] as const).every((kind) => kinds.includes(kind)) && changes >= 0.4 * text.length;
}
