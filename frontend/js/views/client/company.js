// What keeps somebody company who waits with the phone in their hand, or across the room: the screen that stays on, and
// a soft sound when a peer comes. Both are off until somebody wants them.

import { computed, effect, html, signal } from "../../../vendor/preact.js";
import { canStayAwake, stayAwake } from "../../platform/awake.js";
import { t } from "../../platform/locale.js";
import { SoftSound, canSound } from "../../platform/sound.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */

const awake = signal(false);
/** Whether the device did not want to. */
const denied = signal(false);
/** @type {import("@preact/signals").Signal<SoftSound | null>} */
const sound = signal(null);

/**
 * From now on, the screen stays on while this person waits, and a sound says that a peer came, where they want that.
 * @param {ClientEngine} engine
 * @returns {() => void} stops
 */
export function keepCompany(engine) {
  const waits = computed(() => ["opening", "waiting", "meeting"].includes(engine.stage.value));
  const dark = effect(() => {
    if (!awake.value || !waits.value) return undefined;
    return stayAwake(() => {
      awake.value = false;
      denied.value = true;
    });
  });
  let before = engine.meet.value;
  const quiet = effect(() => {
    const peer = engine.meet.value;
    if (peer !== null && before === null) void sound.peek()?.play();
    before = peer;
  });
  return () => {
    dark();
    quiet();
  };
}

/** The page is left: the screen may go dark, and there is no sound any more. */
export function endCompany() {
  awake.value = false;
  setSound(false);
}

/** @param {boolean} on to be called at a tap, since browsers make no sound without one */
function setSound(on) {
  void sound.value?.close();
  sound.value = on ? new SoftSound() : null;
}

export function CompanyChoices() {
  const wakes = () => {
    denied.value = false;
    awake.value = !awake.value;
  };
  return html`<div class="company">
    ${canStayAwake() && html`<label class="choice"><input type="checkbox" checked=${awake.value} onChange=${wakes} /><span>${t("wait-awake")}</span></label>`}
    ${denied.value && html`<p class="soft" role="status">${t("wait-awake-no")}</p>`}
    ${canSound() && html`<label class="choice"><input type="checkbox" checked=${sound.value !== null} onChange=${() => setSound(sound.value === null)} /><span>${t("wait-sound")}</span></label>`}
  </div>`;
}
