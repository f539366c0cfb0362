// Languages by their own names, in their own script, whatever the reader's language is.

import { ownName } from "../parts/names.js";

/** Languages that a profile offers. Their own names are the same in every locale, and not every browser knows them all. */
const NAMES = Object.freeze({
  en: "English",
  es: "Español",
  zh: "中文",
  vi: "Tiếng Việt",
  ar: "العربية",
  fa: "فارسی",
  hy: "Հայերեն",
  ru: "Русский",
  ko: "한국어",
  tl: "Tagalog",
  hmn: "Hmoob",
  km: "ភាសាខ្មែរ",
  pa: "ਪੰਜਾਬੀ",
  lo: "ລາວ",
  hi: "हिन्दी",
  ja: "日本語",
  th: "ไทย",
  uk: "Українська",
});

/** Their codes, in the order in which a form shows them. */
export const LANGUAGES = Object.freeze(Object.keys(NAMES));

/**
 * A language by its own name, where that is known.
 * @param {string} code two or three letters
 */
export const languageName = (code) => Object.entries(NAMES).find(([known]) => known === code)?.[1] ?? ownName(code);
