export { handler } from "seaworthy/lambda";
