// Where one says how one likes the page.

import { Fragment, effect, h, html } from "../../../vendor/preact.js";
import { setTheme, setWideText, systemTheme } from "../../platform/appearance.js";
import { hasKeyboard } from "../../platform/focus.js";
import { t } from "../../platform/locale.js";
import { comfort } from "./comfort.js";
import { Pebble } from "./pebble.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */

/** Carries the choices to the page, from now on. */
export function keepComfortable() {
  effect(() => setWideText(comfort.wide.value));
  effect(() => {
    if (comfort.theme.value !== null) setTheme(comfort.theme.value);
  });
}

/** The choices, each a button that is on or off. */
export function ComfortChoices() {
  const theme = comfort.theme.value ?? systemTheme();
  return html`<div class="acts">
    ${h(Switch, { of: comfort.wide, label: t("wider-text") })}
    ${h(Pebble, {
      onClick: () => { comfort.theme.value = theme === "dark" ? "light" : "dark"; },
    }, t(theme === "dark" ? "look-light" : "look-dark"))}
    ${h(Switch, { of: comfort.enterSends, label: t("enter-sends") })}
    ${hasKeyboard() ? h(Switch, { of: comfort.shiftLeaves, label: t("shift-leaves") }) : h(Fragment, {})}
  </div>`;
}

/** @param {{ of: Signal<boolean>, label: string }} props */
function Switch({ of, label }) {
  return h(Pebble, { pressed: of.value, onClick: () => { of.value = !of.value; } }, label);
}
