/** How a value is written down: as it is, escaped for JSON, for a URL or for HTML, as base64 and as hexadecimal digits. */
export function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const texts = [value, json, ascii, json.replaceAll('\\"', '"'), ascii.replaceAll('\\"', '"')];
  const nested = [json, ascii].map((text) => JSON.stringify(text).slice(1, -1));
  const slashed = [json, ascii].map((text) => text.replaceAll("/", "\\/"));
  const encoded = [value, json, ascii].flatMap((text) => [...base64Of(text), ...hexOf(text)]);
  const plain = [...texts, ...nested, ...slashed, ...encoded];
  return [...new Set([...plain, ...plain.flatMap(urlOf), ...texts.flatMap(htmlOf)])];
}

/** Strict and lenient, with a plus or not, in either case. */
function urlOf(text: string): readonly string[] {
  const url = encodeURIComponent(text.toWellFormed());
  const strict = url.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = [url, strict, encodeURI(text.toWellFormed())].flatMap((one) => [one, one.replaceAll("%20", "+")]);
  return [...all, ...all.map((one) => one.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()))];
}

function htmlOf(text: string): readonly string[] {
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = html.replaceAll('"', "&quot;");
  return [html, quoted, ...["&#39;", "&#x27;", "&apos;"].map((apostrophe) => quoted.replaceAll("'", apostrophe))];
}

/** What base64 of anything that holds the value has in common, wherever in a group of three bytes the value begins. */
function base64Of(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const range = [Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6)] as const;
    return [whole.toString("base64").slice(...range), whole.toString("base64url").slice(...range)];
  });
}

function hexOf(text: string): readonly string[] {
  const hex = Buffer.from(text).toString("hex");
  return [hex, hex.toUpperCase()];
}
