// What is read out to who does not see the screen: each new thing once, nothing of one's own, nothing of before.

import { effect } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { announce, unsay } from "../parts/announcer.js";
import { nodWords } from "../parts/nod.js";
import { sharedInWords } from "../parts/shared_row.js";
import { aboutOf } from "./meeting.js";
import { withWhom } from "./readers.js";
import { waitSentence } from "./wait.js";

/** @typedef {import("../../state/client/engine.js").ClientEngine} ClientEngine */
/** @typedef {import("../../state/timeline.js").Row} Row */

const NET = new Map([["off", "net-off"], ["slow", "net-slow"], ["back", "net-back"]]);

/**
 * Reads the news of a talk out from now on.
 * @param {ClientEngine} engine
 * @returns {() => void} stops
 */
export function tell(engine) {
  const stops = [
    effect(tellRows(engine)),
    onChange(() => NET.get(engine.net.value), (id) => announce(t(id))),
    onChange(() => (engine.wait.value?.why ? engine.wait.value : null), (wait) => announce(waitSentence(wait))),
    onChange(() => engine.meet.value, (peer) => announce(t("meet-title", { peer: peer.alias, about: aboutOf(peer) }))),
    onChange(() => engine.newcomers.value[0]?.peer.kid, () => tellNewcomer(engine)),
    onChange(() => engine.peerPaused.value, (peer) => announce(t("peer-paused", { peer: peer.alias }))),
    onChange(() => engine.reports.value.find(({ outcome }) => outcome === "asked")?.flag, () => announce(t("more-asked"))),
    onChange(() => engine.seatAsked.value, (peer) => announce(t("seat-asks", { peer: peer.alias }))),
    onChange(() => (engine.stage.value === "talking" && engine.peer.value ? engine.readers.value.join() : null), () => announce(withWhom(engine))),
    onChange(() => (engine.peerWriting.value && engine.pause.value === null ? engine.peer.value : null), (peer) => announce(t("peer-writing", { peer: peer.alias }))),
    onChange(() => pausedOf(engine), () => announce(t("pause-on", { peer: engine.peer.value?.alias ?? "" }))),
    onChange(() => (engine.peerLost.value && engine.pause.value === null ? engine.peer.value : null), (peer) => announce(t("peer-lost", { peer: peer.alias }))),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Tells what a value became, whenever it becomes another one.
 * @template T
 * @param {() => T | null | undefined} read
 * @param {(value: T) => void} say
 */
function onChange(read, say) {
  /** @type {T | null | undefined} */
  let before = null;
  return effect(() => {
    const now = read();
    if (now !== null && now !== undefined && now !== before) say(now);
    before = now;
  });
}

/** @param {ClientEngine} engine */
function tellNewcomer(engine) {
  const [first] = engine.newcomers.peek();
  if (first) announce(t(`newcomer-${first.purpose}`, { peer: first.by, next: first.peer.alias }));
}

/** @param {ClientEngine} engine */
function tellRows(engine) {
  /** @type {Set<string>} */
  const known = new Set();
  let before = true; // what is there already was said before this page listened
  return () => {
    for (const row of engine.rows.value) {
      if (row.kind === "taken-back") unsay(row.key);
      for (const [what, words] of spoken(row)) {
        if (known.has(what)) continue;
        known.add(what);
        if (!before && !row.folded && words !== null) announce(words, what);
      }
    }
    before = false;
  };
}

/**
 * What a row has to say, each with a name: null is never said.
 * @param {Row} row
 * @returns {[string, string | null][]}
 */
function spoken(row) {
  const nod = row.nodded ? nodWords(row) : null;
  return [[row.key, wordsOf(row)], ...(nod === null ? [] : [/** @type {[string, string]} */ ([`${row.key} nod`, nod])])];
}

/** @param {Row} row @returns {string | null} null for one's own */
function wordsOf(row) {
  if (row.note?.id === "note-client-pause" && row.note.args.what !== "back") return null; // said as it begins
  if (row.note) return t(row.note.id, row.note.args);
  if (row.from !== "them" || row.kind === "taken-back") return null;
  if (row.kind === "text") return t("peer-says", { peer: row.who, words: row.text });
  if (row.kind === "handover") return sharedInWords(row);
  return t(row.kind === "unreadable" ? "err-open" : "note-unknown", { peer: row.who });
}

/** @param {ClientEngine} engine @returns {string | null} what is paused and for whom; null for nothing, or while nobody knows */
function pausedOf(engine) {
  const [pause, peer] = [engine.pause.value, engine.peer.value];
  return pause?.told && peer ? `${pause.kind} ${peer.kid}` : null;
}
