// Copying, only ever by a tap of the person.

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is on the clipboard now
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused by the browser or the person: the text stays on screen, to be marked by hand
  }
}
