// What there is to read, for a view that is drawn again when it comes, and in another language.

import { useEffect, useState } from "../../../vendor/preact.js";
import { content, contentNow } from "../../platform/content.js";
import { language } from "../../platform/locale.js";

/**
 * @param {import("../../platform/content.js").Name} name
 * @returns {{ json: unknown, missing: boolean, again: () => void }} json: undefined until it is there; missing: it could
 *   not be had, and may be asked for again
 */
export function useContent(name) {
  const [tries, setTries] = useState(0);
  const [missing, setMissing] = useState(false);
  const spoken = language();
  useEffect(() => {
    setMissing(false);
    content(name).catch(() => setMissing(true));
  }, [name, spoken, tries]);
  return { json: contentNow(name), missing, again: () => setTries(tries + 1) };
}
