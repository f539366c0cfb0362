// The waiting room: one writes at once, and nothing is asked. All but the field itself comes when it comes.

import { h, html, useId, useLayoutEffect, useRef } from "../../../vendor/preact.js";
import { focused, hasKeyboard } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { announce } from "../parts/announcer.js";
import { comfort } from "../parts/comfort.js";
import { Composer } from "../parts/composer.js";
import { Pebble } from "../parts/pebble.js";

/** @typedef {import("../../state/client/door.js").Door} Door */

const HELLOS = ["hello-hi", "hello-start", "hello-today", "hello-nothing"];

/**
 * @param {{ door: Door, later: typeof import("./later.js") | null }} props later: the rest of the views, once it is there
 */
export function Waiting({ door, later }) {
  const engine = door.engine.value;
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useLayoutEffect(() => {
    if (focused() !== null) return;
    // On a phone the field would open a keyboard over the words about the wait.
    if (!hasKeyboard()) return heading.current?.focus();
    field.current?.focus();
    announce(t("wait-title"));
  }, []);
  const pick = (/** @type {string} */ words) => {
    door.draft.value = door.draft.value.trim() === "" ? words : `${door.draft.value.trimEnd()}\n${words}`;
    field.current?.focus();
  };
  const begun = engine ? engine.rows.value.some(({ folded, from }) => !folded && from !== "note") : door.held.value.length > 0;
  return html`<div class="waiting">
    <h1 tabindex="-1" ref=${heading}>${t("wait-title")}</h1>
    ${engine && later ? h(later.WaitingAbove, { door, engine }) : h(Held, { door })}
    ${h(Composer, {
      draft: door.draft,
      onSend: (text) => door.send(text),
      label: t("write-waiting"),
      sendLabel: t("send"),
      hint: t("wait-write"),
      enterSends: comfort.enterSends.value,
      field,
    })}
    ${!begun && h(Hellos, { pick })}
    ${engine && later && h(later.WaitingBelow, { engine, pick })}
  </div>`;
}

/** Words written before the rest of the page was there. @param {{ door: Door }} props */
function Held({ door }) {
  return html`<p class="lead">${t("opening")}</p>
    ${door.held.value.length > 0 && html`<ol class="tide" aria-label=${t("wait-log")}>
      ${door.held.value.map(({ key, text }) => html`<li key=${key} class="entry voice-client">
        <div class="note"><p dir="auto">${text}</p></div>
        <p class="send-state">${t("send-waiting")} ${h(Pebble, { kind: "quiet", onClick: () => door.takeBack(key) }, t("wait-take-back"))}</p>
      </li>`)}
    </ol>`}`;
}

/** @param {{ pick: (words: string) => void }} props the words go into the field: sending stays the person's own act */
function Hellos({ pick }) {
  const id = useId();
  return html`<div class="hellos" role="group" aria-labelledby=${id}>
    <p id=${id}>${t("wait-hello")}</p>
    <p class="acts">${HELLOS.map((hello) => h(Pebble, { key: hello, onClick: () => pick(t(hello)) }, `“${t(hello)}”`))}</p>
  </div>`;
}
