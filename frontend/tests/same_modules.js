// Compares modules as a parser understands them: reads `[[name, one, other], …]` as JSON from standard input, and names
// those that differ in more than comments and spaces.
//
//   node same_modules.js < pairs.json

import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

/** @param {string} source */
const parsed = (source) => transformSync(source, { minifyWhitespace: true, legalComments: "none", target: "esnext" }).code;

/** @type {[string, string, string][]} */
const pairs = JSON.parse(readFileSync(0, "utf8"));
const differ = pairs.filter(([, one, other]) => parsed(one) !== parsed(other)).map(([name]) => name);
console.log(JSON.stringify(differ));
