// Lets views be written as HTML in Node: the vendored bundle has a Preact of its own inside, which the renderer could
// not see into, so its place is taken by the packages that it was made of.

import { readFileSync } from "node:fs";
import { register } from "node:module";

const source = JSON.stringify(readFileSync(new URL("../vendor/preact.d.ts", import.meta.url), "utf8"));
const hook = `export const load = async (url, context, next) => url.endsWith("/vendor/preact.js")
  ? { format: "module", source: ${source}, shortCircuit: true } : next(url, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
