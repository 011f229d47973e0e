import { sentence } from "./reading.ts";

export default sentence;
