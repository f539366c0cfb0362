// The coordinators' page.

import { onActivity } from "./platform/activity.js";
import { takeHelp } from "./platform/content.js";
import { takeFragment } from "./platform/fragment.js";
import { blankOnReturn, onPageHide } from "./platform/leaving.js";
import { useLocale } from "./platform/locale.js";
import { Coordination } from "./state/coordinator/coordination.js";
import { Founding, isFounded } from "./state/coordinator/founding.js";
import { ServiceRules } from "./state/coordinator/service_rules.js";
import { resealAfterSignIn } from "./state/moderator/reseal.js";
import { Account } from "./state/staff/account.js";
import { hush } from "./views/parts/announcer.js";
import { showCoordinatorPage } from "./views/coordinator/coordinator_page.js";

const SET_UP = "setup=";

const root = document.getElementById("app");
if (root) await begin(root, takeFragment());

/**
 * @param {HTMLElement} app
 * @param {string} fragment of a personal link: the set-up code, an invitation, or the key for a new browser
 */
async function begin(app, fragment) {
  await useLocale(["", "staff", "signin", "review", "coordinator", "pages"]);
  await takeHelp();
  const account = new Account();
  const desk = new Coordination(account);
  const rules = new ServiceRules(desk);
  resealAfterSignIn(account);
  const founding = fragment.startsWith(SET_UP) ? new Founding(fragment.slice(SET_UP.length)) : null;
  blankOnReturn();
  onPageHide(hush);
  onActivity(() => account.active());
  const leaveHref = String(document.documentElement.dataset["leave"]);
  const founded = founding !== null || (await isFounded());
  showCoordinatorPage(app, { account, desk, rules, founding, founded, leaveHref, link: fragment.startsWith("secret=") ? fragment : null });
  if (fragment.startsWith("invite=")) await account.openInvitation(fragment);
  else if (founding === null) await account.resume();
}
