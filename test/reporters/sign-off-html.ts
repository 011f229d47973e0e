import { type Reading, sentence } from "./reading.ts";

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const plain = (text: string) =>
  text.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " ").replaceAll(/&(lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity);

export default {
  ...sentence,
  counted: (text) => sentence.counted?.(plain(text)) ?? {},
  plain,
  problems: (text) =>
    [...text.matchAll(/<(script|img|iframe|link rel="(?!icon))|(src|href)="(?!#|data:,)/g)].map(([found]) => `${found} is in it`),
} satisfies Reading;
