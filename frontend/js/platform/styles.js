// Looks that the first screen does without: they come with the views that need them.

/**
 * Takes up style sheets, in this order, behind those that are there.
 * @param {string[]} names of files in /css/
 * @throws {Error} where one cannot be had; it can be asked for again
 */
export async function addStyles(names) {
  await Promise.all(names.map(addStyle));
}

/** @param {string} name */
function addStyle(name) {
  const href = `/css/${name}.css`;
  if (document.querySelector(`link[href="${href}"]`)) return undefined;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return /** @type {Promise<void>} */ (new Promise((done, failed) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => {
      link.remove();
      failed(new Error("a style sheet is missing"));
    });
    document.head.append(link);
  }));
}
