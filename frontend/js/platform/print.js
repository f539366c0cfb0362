// Printing one part of the page, and nothing else of it: css/base.css hides the rest from the printer.

/** @param {HTMLElement} part */
export function printOnly(part) {
  const page = document.documentElement;
  const after = () => {
    part.removeAttribute("data-printed");
    page.classList.remove("prints-part");
  };
  part.setAttribute("data-printed", "");
  page.classList.add("prints-part");
  window.addEventListener("afterprint", after, { once: true });
  window.print();
}
