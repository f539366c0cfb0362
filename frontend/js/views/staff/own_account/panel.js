// "Your sign-in", at the end of every staff page.

import { h, html, useSignal } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Fold } from "../../parts/fold.js";
import { Codes } from "./codes.js";
import { Key } from "./key.js";
import { Password } from "./password.js";
import { Sessions } from "./sessions.js";

/** @typedef {import("../../../state/staff/account.js").Account} Account */
/** @typedef {import("../../../state/staff/own_sign_in.js").OwnSignIn} Own */

const PARTS = /** @type {const} */ ([
  ["sessions", Sessions],
  ["password", Password],
  ["codes", Codes],
  ["key", Key],
]);

/**
 * Folded until asked for; what is closed is not there, so no password and no word of the key stays behind it.
 * @param {{ account: Account }} props
 */
export function OwnAccount({ account }) {
  const { own } = account;
  const open = useSignal(false);
  const part = useSignal(/** @type {string | null} */ (null));
  const toggle = (/** @type {string} */ name) => {
    own.hideKey();
    own.leaveCodes();
    own.done.value = null;
    part.value = part.value === name ? null : name;
  };
  const toggleAll = () => {
    toggle("");
    part.value = null;
    open.value = !open.value;
  };
  return h(
    Fold,
    { title: t("own-title"), open: open.value, onToggle: toggleAll },
    html`<div class="own-account">
      ${PARTS.map(([name, Part]) => h(Fold, { key: name, title: t(`own-${name}`), open: part.value === name, onToggle: () => toggle(name) }, h(Part, { own })))}
    </div>`,
  );
}
