// Handing a small text to the browser as a file: the one way to give a person something to keep.

/** Milliseconds for which the text can be fetched: some browsers come for it late. */
const KEPT = 60_000;

/**
 * @param {string} name of the file
 * @param {string} text
 */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}
