import { h, html } from "../../../../vendor/preact.js";
import { t } from "../../../platform/locale.js";
import { Pebble } from "../../parts/pebble.js";
import { Problem } from "../problem.js";
import { TwelveWords } from "../twelve_words.js";

/** @typedef {import("../../../state/staff/own_sign_in.js").OwnSignIn} Own */

/** The key that another browser needs once: as words, as a file. @param {{ own: Own }} props */
export function Key({ own }) {
  const words = own.words.value;
  const problem = own.problem.value;
  return html`
    <p>${t("own-key-why")}</p>
    <p>${t("own-key-risk")}</p>
    ${words !== null && h(TwelveWords, { words })}
    <div class="acts">
      ${words === null
        ? h(Pebble, { kind: "plain", onClick: () => void own.showKey() }, t("own-key-show"))
        : h(Pebble, { kind: "plain", onClick: () => own.hideKey() }, t("own-key-hide"))}
      ${h(Pebble, { kind: "plain", onClick: () => void own.downloadKey() }, t("secret-file"))}
    </div>
    ${h(Problem, { code: problem?.act === "key" ? problem.code : null })}
  `;
}
