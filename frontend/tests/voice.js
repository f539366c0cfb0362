// The voice of the screens as rules, by language: words that nothing says, and how easy what is said is to read.
//
// These are checks of form. They tell nothing of whether a sentence is kind or true: people who read it do.

/** @param {string} words a pattern, as whole words in any case and script */
const said = (words) => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, "iu");

/** Marks that no language of ours uses. */
const MARKS = /[!¡]|\p{Extended_Pictographic}/u;

/** What no screen says, with what it would do to whoever reads it. @type {Map<string, RegExp[]>} */
const NEVER = new Map([
  ["en", [
    MARKS,
    said("must|should|please|sorry|oops"), // commands and small talk
    said("patients?|users?|victims?|sufferers?|addicts?|alcoholics?|(?<!my )case|dirty|clean(?! up)|mentally ill|the depressed"), // people as things
    said("commit\\w* suicide|(?:failed|successful) (?:suicide )?attempts?|threat\\w*|cry for help"),
    said("disclos\\w+|resist\\w*|non-?compliant|refus\\w+|attention-seeking|high-functioning"),
    said("demons|battl\\w+|broken|brave"),
    said("invalid|errors?|failed|abort\\w*|kill\\w*|execut\\w+|blacklist\\w*"),
    said("timers?|count(?:s|ing)? ?down|countdowns?|seen|typing|streaks?"), // watching and hurrying
  ]],
  ["es", [
    MARKS,
    said("debes|deber[ií]as?|debería|por favor|perdón|disculp\\p{L}*|lo sent(?:imos|imos mucho)|ups"),
    said("pacientes?|usuari[oa]s?|víctimas?|adict[oa]s?|drogadict[oa]s?|alcohólic[oa]s?|suci[oa]s?|enferm[oa]s? mental(?:es)?|l[oa]s deprimid[oa]s|loc[oa]s?"),
    said("se suicid(?:ó|a|aron)|comet\\p{L}* suicidio|suicidio (?:consumado|fallido|frustrado)|intentos? (?:fallidos?|exitosos?|frustrados?)|amenaz\\p{L}*|llamad[oa]s? de atención"),
    said("revel(?:ar|a|as|e|es)|resist\\p{L}*|se nieg\\p{L}+|incumpl\\p{L}+|llamar la atención"),
    said("demonios|batall\\p{L}+|luch(?:as?|ar|ando) contra|rot[oa]s?|valientes?"),
    said("inválid[oa]s?|error(?:es)?|fall(?:a|as|o|os|ó|aron|ad[oa]s?|id[oa]s?)|abort\\p{L}*|mat(?:ar|a|ó)|ejecut\\p{L}+|list[ao] negr[ao]"),
    said("(?:estás|eres|te sientes) (?:muy |tan )?(?!dentro|fuera|cerca|ahora)\\p{L}+(?<!nd)[oa]|(?<!la )bienvenid[oa]s?"), // guesses who reads this
    said("temporizador(?:es)?|cronómetros?|cuenta (?:regresiva|atrás)|vist[oa]|est[aá]n? escribiendo|escribiendo(?=…)|rachas?"),
  ]],
]);

/**
 * What of a text breaks a rule of its language.
 * @param {string} language
 * @param {string} text
 */
export const forbidden = (language, text) => (NEVER.get(language) ?? []).flatMap((rule) => rule.exec(text)?.[0] ?? []);

/** Sentences of a text, without what isolates a value in it. @param {string} text */
export const sentences = (text) =>
  text.replace(/[\u2066-\u2069“”"]/g, "").split(/(?<=[.?…:])\s+/u).map((each) => each.trim()).filter((each) => /\p{L}/u.test(each));

/** Words of a text; a number is one. @param {string} text */
export const words = (text) => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];

/** English, by vowels heard: a rule of thumb, right for most words. @param {string} word */
function englishSyllables(word) {
  const bare = word.toLowerCase().replace(/[^a-z]/g, "").replace(/(?:[^laeiouy]es|[^aeiouyt]ed|[^aeiouyl]e)$/, (end) => end[0] ?? "");
  return Math.max(1, (bare.match(/[aeiouy]+/g) ?? []).length);
}

/** Spanish: each strong or accented vowel, and each group of weak ones alone. @param {string} word */
function spanishSyllables(word) {
  const groups = word.toLowerCase().replace(/qu(?=[eiéí])/g, "q").replace(/gu(?=[eiéí])/g, "g").replace(/y$/, "i").match(/[aeiouáéíóúü]+/g) ?? [];
  const heard = groups.map((group) => Math.max(1, (group.match(/[aeoáéíóú]/g) ?? []).length));
  return Math.max(1, heard.reduce((sum, each) => sum + each, 0));
}

/**
 * Words in a sentence, and syllables in a word, on average.
 * @param {string[]} all sentences
 * @param {(word: string) => number} syllables
 */
function averages(all, syllables) {
  const counted = all.flatMap(words);
  return [counted.length / all.length, counted.map(syllables).reduce((sum, each) => sum + each, 0) / counted.length];
}

/**
 * The school grade that English sentences ask for (Flesch and Kincaid, 1975).
 * @param {string[]} all sentences
 */
export function grade(all) {
  const [long = 0, heavy = 0] = averages(all, englishSyllables);
  return 0.39 * long + 11.8 * heavy - 15.59;
}

/**
 * How easy Spanish sentences are to read (Fernández Huerta, 1959, as corrected since): 100 very easy, 70 plain, 30 hard.
 * @param {string[]} all sentences
 */
export function ease(all) {
  const [long = 0, heavy = 0] = averages(all, spanishSyllables);
  return 206.84 - 60 * heavy - 1.02 * long;
}
