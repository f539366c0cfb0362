// How the page looks for this person, until the page goes: nothing of it is stored.

/** @param {"light" | "dark"} theme */
export function setTheme(theme) {
  document.documentElement.dataset["theme"] = theme;
}

/** @returns {"light" | "dark"} what the system asks for */
export const systemTheme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

/** @param {boolean} wide more room between letters, words and lines */
export function setWideText(wide) {
  document.documentElement.classList.toggle("wide-text", wide);
}
