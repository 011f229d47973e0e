import { type Reading, sentence } from "./reading.ts";

const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export default {
  ...sentence,
  plain: (text) => text.replaceAll(/\\([\\`*_[\]|~#])/g, "$1").replaceAll(/&(amp|lt|gt);/g, (entity) => entities[entity] ?? entity),
} satisfies Reading;
