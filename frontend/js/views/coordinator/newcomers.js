import { h, html, useSignal } from "../../../vendor/preact.js";
import { pageAddress } from "../../platform/address.js";
import { t } from "../../platform/locale.js";
import { Ask } from "../parts/ask.js";
import { CopyButton } from "../parts/copy_button.js";
import { listed } from "../parts/names.js";
import { Pebble } from "../parts/pebble.js";
import { languageName } from "../staff/languages.js";
import { Face } from "./face.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/coordination.js").Invited} Invited */

/**
 * Who was invited: those whose key is vouched for can be admitted together, of the others it is said why not.
 * @param {{ desk: Coordination, team: import("../../state/coordinator/coordination.js").Team }} props
 */
export function Newcomers({ desk, team }) {
  const picked = useSignal(/** @type {readonly string[]} */ ([]));
  if (team.newcomers.length === 0) return null;
  const ready = team.newcomers.filter(({ state, taken }) => state === "ready" && !taken);
  const chosen = ready.filter(({ key }) => picked.value.includes(key));
  const turn = (/** @type {string} */ key) =>
    void (picked.value = picked.value.includes(key) ? picked.value.filter((each) => each !== key) : [...picked.value, key]);
  return html`<section class="card newcomers">
    <h2>${t("coord-newcomers")}</h2>
    <ul class="people">
      ${team.newcomers.map((newcomer) => h(Newcomer, { key: newcomer.key, desk, newcomer, on: chosen.includes(newcomer), onTurn: () => turn(newcomer.key) }))}
    </ul>
    ${ready.length > 0 && html`<p class="field-hint">${t("coord-admit-hint")}</p>
      ${h(Pebble, { kind: "primary", disabled: desk.busy.value || chosen.length === 0, onClick: () => void desk.admit(chosen) }, t("coord-admit", { count: chosen.length }))}`}
  </section>`;
}

/** @param {{ desk: Coordination, newcomer: Invited, on: boolean, onTurn: () => void }} props */
function Newcomer({ desk, newcomer, on, onTurn }) {
  const { state, member, role, taken, replaced } = newcomer;
  const profile = member?.profile ?? null;
  const withdraw = h(Ask, {
    label: t("coord-withdraw"),
    ask: t("coord-withdraw-ask"),
    yes: t("coord-withdraw-yes"),
    no: t("coord-ask-no"),
    kind: "quiet",
    busy: desk.busy.value,
    act: () => void desk.withdraw(newcomer.staff),
  });
  return html`<li class="person">
    ${state === "ready" && !taken && profile
      ? html`<label class="choice person-choice"><input type="checkbox" checked=${on} onChange=${onTurn} />${h(Face, profile)}</label>`
      : profile && html`<p class="person-name">${h(Face, profile)}</p>`}
    <p class="tags">
      <span class="tag">${t(`coord-role-${role}`)}</span>
      ${state === "ready" && html`<span class="tag tag-here">${t("coord-verified")}</span>`}
      ${replaced !== "" && html`<span class="tag">${t("coord-replaces", { alias: replaced })}</span>`}
    </p>
    ${profile && html`<p class="soft">${t("coord-speaks", { languages: listed(profile.languages.map(languageName)) })}</p>`}
    ${profile && profile.line !== "" && html`<p><bdi>${profile.line}</bdi></p>`}
    ${taken && html`<p class="field-problem">${t("coord-taken")}</p>`}
    ${state === "forged" && html`<p class="field-problem">${t("coord-forged")}</p>`}
    ${state === "elsewhere" && html`<p class="soft">${t("coord-elsewhere")}</p>`}
    ${state === "open" && html`<p class="soft">${t("coord-open-until", { day: new Date(newcomer.expires * 1000) })}</p>`}
    ${newcomer.handOver && h(HandOver, { role, handOver: newcomer.handOver, open: desk.fresh.value === newcomer.key })}
    ${withdraw}
  </li>`;
}

/**
 * The invitation itself: a link for one channel, or twelve words for another.
 * @param {{ role: string, handOver: { fragment: string, words: string }, open: boolean }} props
 */
function HandOver({ role, handOver, open }) {
  const link = pageAddress(`${role}.html`, handOver.fragment);
  return html`<details class="fold" open=${open}>
    <summary>${t("coord-hand-over")}</summary>
    <div>
      <p>${t("coord-hand-over-how")}</p>
      <p class="invite-link" translate="no" dir="ltr">${link}</p>
      <p class="acts">${h(CopyButton, { text: link, label: t("coord-copy-link") })}</p>
      <p>${t("coord-hand-over-words")}</p>
      <p class="invite-words" translate="no" lang="en">${handOver.words}</p>
      <p class="acts">${h(CopyButton, { text: handOver.words, label: t("coord-copy-words") })}</p>
    </div>
  </details>`;
}
