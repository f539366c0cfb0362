// What happened, said by the page itself, inside or beside a talk.

import { h } from "../../../vendor/preact.js";

/** @param {{ children?: import("preact").ComponentChildren, kind?: "plain" | "care" }} props care: something did not work */
export function SystemLine({ children, kind = "plain" }) {
  return h("p", { class: `system-line system-${kind}`, dir: "auto" }, children);
}
