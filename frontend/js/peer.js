// The peers' page.

import { onActivity } from "./platform/activity.js";
import { takeHelp } from "./platform/content.js";
import { takeFragment } from "./platform/fragment.js";
import { blankOnReturn, onPageHide } from "./platform/leaving.js";
import { useLocale } from "./platform/locale.js";
import { Account } from "./state/staff/account.js";
import { Desk } from "./state/staff/desk.js";
import { hush } from "./views/parts/announcer.js";
import { showPeerPage } from "./views/staff/peer_page.js";

const root = document.getElementById("app");
if (root) await begin(root, takeFragment());

/**
 * @param {HTMLElement} app
 * @param {string} fragment of a personal link: an invitation, or the key for a new browser
 */
async function begin(app, fragment) {
  await useLocale(["", "staff", "signin", "craft", "pages"]);
  await takeHelp();
  const account = new Account();
  const desk = new Desk(account);
  blankOnReturn();
  onPageHide(hush);
  onActivity(() => account.active());
  const leaveHref = String(document.documentElement.dataset["leave"]);
  showPeerPage(app, { account, desk, leaveHref, link: fragment.startsWith("secret=") ? fragment : null });
  if (fragment.startsWith("invite=")) await account.openInvitation(fragment);
  else await account.resume();
}
