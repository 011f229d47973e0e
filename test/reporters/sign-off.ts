export { default } from "./markdown.ts";
