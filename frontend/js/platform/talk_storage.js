// The one thing a page keeps by default: the open talk's secrets, so that a reload does not lose it. Session storage,
// and void ten minutes after their last use. Never the code, nor what the code opens.

import { locale } from "./locale.js";

const NAME = "beside.talk";

/** Milliseconds after the last use at which what is kept is void. */
export const VOID_AFTER = 10 * 60_000;

/**
 * Where to keep; null where the browser refuses it. Tests give their own.
 * @returns {Storage | null}
 */
function storage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * Keeps a talk in place of the one before. Where the browser refuses, nothing is kept.
 * @param {object} talk plain JSON
 * @param {number} now unix milliseconds by this device
 */
export function keepTalk(talk, now) {
  try {
    storage()?.setItem(NAME, JSON.stringify({ used: now, language: locale(), talk }));
  } catch {
    wipeTalk(); // what is there by now is older than the talk
  }
}

/**
 * The kept talk's JSON; null, and nothing is kept any more, where it is void or of another form.
 * @param {number} now unix milliseconds by this device
 * @returns {unknown}
 */
export function keptTalk(now) {
  const kept = read(now);
  return kept === null ? null : kept["talk"];
}

/**
 * The language that the page was in when the talk was kept.
 * @param {number} now unix milliseconds by this device
 * @returns {string | null} as `lang` has it; null where no talk is kept
 */
export function keptLanguage(now) {
  const language = read(now)?.["language"];
  return typeof language === "string" ? language : null;
}

/**
 * @param {number} now
 * @returns {Record<string, unknown> | null}
 */
function read(now) {
  try {
    const text = storage()?.getItem(NAME) ?? null;
    if (text === null) return null;
    const kept = JSON.parse(text);
    const age = now - kept.used;
    if (age >= 0 && age <= VOID_AFTER && typeof kept.talk === "object") return kept;
  } catch {
    // as good as nothing
  }
  wipeTalk();
  return null;
}

/** Forgets the kept talk at once. */
export function wipeTalk() {
  try {
    storage()?.removeItem(NAME);
  } catch {
    // what cannot be reached was not written either
  }
}
