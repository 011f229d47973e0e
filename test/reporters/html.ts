import { type Reading, sentence } from "./reading.ts";

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const plain = (text: string) =>
  text
    .replaceAll(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>|<[^>]*>/g, " ")
    .replaceAll(/&(lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity);

export default {
  ...sentence,
  // The banner has them; the drawing and the tables have numbers of their own.
  counted: (text) => sentence.counted?.(plain(/<ul aria-label="Findings">.*?<\/ul>/s.exec(text)?.[0] ?? "")) ?? {},
  plain,
  problems: (text) => [
    ...[...text.matchAll(/<(img|iframe|object|link rel="(?!icon))|(src|href)="(?!#|data:,|https?:)/g)].map(
      ([found]) => `${found} is in it`,
    ),
    ...(text.match(/<script/g)?.length === 2 ? [] : ["there are other scripts than its own and the report"]),
  ],
} satisfies Reading;
