import { h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { BODIES, NEXT_LENGTH } from "../../state/staff/aftercare.js";
import { Pebble } from "../parts/pebble.js";
import { Field } from "./field.js";

/** @typedef {import("../../state/staff/aftercare.js").Aftercare} Aftercare */

/**
 * A moment for a peer once a talk is closed, or for a moderator in a break. All of it can be passed over, and nothing of
 * it leaves this device.
 * @param {{ desk: { aftercare: Aftercare, endShift: () => Promise<void> | void }, title?: string }} props title: another than a peer's
 */
export function AfterTalk({ desk, title = t("after-title") }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const isDown = useSignal(false);
  const { aftercare } = desk;
  useEffect(() => heading.current?.focus(), []);
  const weight = {
    get value() {
      return aftercare.weight.value;
    },
    set value(text) {
      isDown.value = false;
      aftercare.write(text);
    },
  };
  const next = {
    get value() {
      return aftercare.next.value;
    },
    set value(text) {
      aftercare.keepNext(text);
    },
  };
  const putDown = () => {
    aftercare.putDown();
    isDown.value = true;
  };
  return html`<section class="after aftercare" aria-labelledby="aftercare-title">
    <h2 id="aftercare-title" tabindex="-1" ref=${heading}>${title}</h2>
    <p>${t("after-private")}</p>
    <h3 id="aftercare-body">${t("after-body")}</h3>
    <div class="acts" role="group" aria-labelledby="aftercare-body">
      ${BODIES.map((each) => h(Pebble, { key: each, pressed: aftercare.body.value === each, onClick: () => void aftercare.felt(each) }, t(`after-${each}`)))}
    </div>
    <div role="status">${aftercare.enough.value && html`<p class="preview">${t("after-enough")}</p>`}</div>
    ${aftercare.enough.value && html`<p>${h(Pebble, { onClick: () => void desk.endShift() }, t("after-end-shift"))}</p>`}
    ${h(Field, { label: t("after-down"), hint: t("after-down-hint"), value: weight, lines: 3 })}
    <p>${h(Pebble, { onClick: putDown }, t("after-down-go"))} <span role="status">${isDown.value && t("after-down-gone")}</span></p>
    ${h(Field, { label: t("after-next"), hint: t("after-next-hint"), value: next, lines: 3, maxLength: NEXT_LENGTH })}
    <p>${h(Pebble, { kind: "primary", onClick: () => void aftercare.done() }, t("after-done"))}</p>
  </section>`;
}
