import { writeConsoleAsLines } from "./console-lines.ts";

// `node --import console-lines-main.ts`: before Next says its first word.
writeConsoleAsLines();
