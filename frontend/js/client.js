// The client's page: shows what was served, then brings what a talk needs.

import { takeHelp } from "./platform/content.js";
import { addLocale, language, locale, useLocale } from "./platform/locale.js";
import { blankOnReturn, onPageHide } from "./platform/leaving.js";
import { insideAnotherApp, isSecure, systemDate } from "./platform/surroundings.js";
import { keptLanguage } from "./platform/talk_storage.js";
import { Door } from "./state/client/door.js";
import { hush } from "./views/parts/announcer.js";
import { helpShown } from "./views/parts/help_panel.js";
import { showPage, takeUp } from "./views/client/page.js";

const page = document.documentElement;
const root = document.getElementById("app");
const served = page.lang;

/** What the server wrote on the page for this deployment. @type {import("./views/client/landing.js").Deployment} */
const deployment = {
  leaveHref: String(page.dataset["leave"]),
  duty: page.dataset["duty"] === "on",
  backupDays: Number(page.dataset["backupDays"]),
};

if (root) await begin(root);

/** @param {HTMLElement} app */
async function begin(app) {
  await useLocale([""], keptLanguage(systemDate()));
  const list = await takeHelp();
  const door = new Door();
  const unprotected = !isSecure();
  blankOnReturn();
  onPageHide(() => {
    hush();
    door.hide();
  });
  const written = helpShown(list, 0).length === helpShown(list, systemDate()).length; // else numbers would change places
  const asWritten = written && locale() === served && door.screen.value === "landing";
  showPage(app, { asWritten, door, deployment, unprotected, insideApp: insideAnotherApp() });
  if (unprotected) return; // nothing can be encrypted here, so nothing more is fetched
  void door.load(async () => {
    const [{ ClientEngine }, views] = await Promise.all([
      import("./state/client/engine.js"),
      import("./views/client/later.js"),
      addLocale(["talk", "wait", "pages"]),
    ]);
    await views.addStyles(["room", "pages"]);
    takeUp(views);
    return new ClientEngine({ language: language() });
  });
}
