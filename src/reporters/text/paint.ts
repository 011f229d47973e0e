import { styleText } from "node:util";

/** Colours a text, or leaves it as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** A brush for a screen with colours, or for one without; who asks knows which it is. */
export const paintFor =
  (colour: boolean): Paint =>
  (format, text) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
