// The moderators' page.

import { onActivity } from "./platform/activity.js";
import { systemClock } from "./platform/clock.js";
import { takeHelp } from "./platform/content.js";
import { takeFragment } from "./platform/fragment.js";
import { blankOnReturn, onPageHide } from "./platform/leaving.js";
import { useLocale } from "./platform/locale.js";
import { StaffStorage } from "./platform/staff_storage.js";
import { Dose } from "./state/moderator/dose.js";
import { resealAfterSignIn } from "./state/moderator/reseal.js";
import { Review } from "./state/moderator/review.js";
import { Account } from "./state/staff/account.js";
import { Aftercare } from "./state/staff/aftercare.js";
import { hush } from "./views/parts/announcer.js";
import { showModeratorPage } from "./views/moderator/page.js";

const root = document.getElementById("app");
if (root) await begin(root, takeFragment());

/**
 * @param {HTMLElement} app
 * @param {string} fragment of a personal link: an invitation, or the key for a new browser
 */
async function begin(app, fragment) {
  await useLocale(["", "staff", "signin", "review", "pages"]);
  await takeHelp();
  const storage = new StaffStorage();
  const account = new Account({ storage });
  const parts = { storage, clock: systemClock };
  const dose = new Dose(parts);
  const aftercare = new Aftercare(parts);
  const review = new Review(account, dose);
  resealAfterSignIn(account);
  account.session.subscribe((session) => void (session ? aftercare.begin(session) : aftercare.end()));
  account.session.subscribe((session) => void (session && dose.begin(session.staff)));
  blankOnReturn();
  onPageHide(hush);
  onActivity(() => account.active());
  const leaveHref = String(document.documentElement.dataset["leave"]);
  showModeratorPage(app, { account, review, aftercare, leaveHref, link: fragment.startsWith("secret=") ? fragment : null });
  if (fragment.startsWith("invite=")) await account.openInvitation(fragment);
  else await account.resume();
}
