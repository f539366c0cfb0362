import { h, html, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { Field } from "./field.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */

/**
 * For someone new: the invitation as a link or as twelve words, where the page was not opened by the link itself.
 * @param {{ account: Account, onOpen: () => void }} props
 */
export function Invite({ account, onOpen }) {
  const typed = useSignal("");
  const open = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!typed.value.trim()) return;
    onOpen();
    void account.openInvitation(typed.value.trim());
  };
  return html`<details class="way-in-invite fold">
    <summary>${t("signin-new")}</summary>
    <form class="way-in-form" onSubmit=${open}>
      ${h(Field, { label: t("invite-field"), value: typed, lines: 2 })}
      <button type="submit" class="pebble pebble-plain">${t("invite-open")}</button>
    </form>
  </details>`;
}
