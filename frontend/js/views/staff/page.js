import { effect, h, html, useEffect, useRef, useSignal } from "../../../vendor/preact.js";
import { leaveNow, onShiftThrice } from "../../platform/leaving.js";
import { t } from "../../platform/locale.js";
import { isSecure } from "../../platform/surroundings.js";
import { Announcer, announce, hush } from "../parts/announcer.js";
import { comfort } from "../parts/comfort.js";
import { ComfortChoices } from "../parts/comfort_choices.js";
import { CrisisCard } from "../parts/help_panel.js";
import { LanguageChoice } from "../parts/language_choice.js";
import { Panel } from "../parts/panel.js";
import { Pebble } from "../parts/pebble.js";
import { TopBar } from "../parts/top_bar.js";
import { Enrol } from "./enrol.js";
import { Heading } from "./heading.js";
import { LinesShown } from "./lines_shown.js";
import { OwnAccount } from "./own_account/panel.js";
import { Renewal } from "./renewal.js";
import { Secret } from "./secret.js";
import { SignIn } from "./sign_in.js";
import { StaffTrail, TeamNews } from "./trail.js";

/** @typedef {import("../../state/staff/account.js").Account} Account */
/** @typedef {import("preact").ComponentChildren} Children */
/** @typedef {import("../../state/staff/answers.js").Role} Role */

/**
 * What every staff page is made of.
 * @typedef {{ account: Account, link: string | null, leaveHref: string }} PageParts
 *   link: the personal link that the page was opened by, where it carries the key; leaveHref: where Leave now goes
 */

/**
 * A staff page: the bar with Help now and Leave now, the way in, and the desk behind it.
 * @param {PageParts & { role: Role, children?: Children, first?: Children }} props children: the desk, shown once this role is signed in; first: what stands in place of the way in, while there is something
 */
export function StaffPage({ account, role, link, leaveHref, children, first }) {
  const help = useSignal(false);
  const onLeave = () =>
    leaveNow(leaveHref, () => {
      hush();
      account.leave();
    });
  useEffect(() => hushOutside(account), [account]);
  useEffect(() => {
    if (!comfort.shiftLeaves.value) return undefined;
    return onShiftThrice(onLeave, (pressed, of) => announce(t("leave-count", { pressed, of })));
  }, [comfort.shiftLeaves.value]);
  return html`
    ${h(TopBar, { leaveHref, onLeave, skipLabel: t("staff-skip"), helpOpen: help.value, onHelp: () => void (help.value = !help.value) })}
    <main id="main" class="staff staff-${role}" tabindex="-1">
      ${help.value && h(Panel, { title: t("help-title"), onClose: () => void (help.value = false) }, CrisisCard({}))}
      ${isSecure() ? (first ?? h(Stage, { account, role, link }, children)) : html`<p class="problem">${t("insecure")}</p>${CrisisCard({})}`}
      ${h(LanguageChoice, {})}
    </main>
    ${h(Announcer, {})}
  `;
}

/**
 * What was read out goes as soon as nobody is signed in.
 * @param {Pick<Account, "stage">} account
 * @returns {() => void} stops
 */
export const hushOutside = ({ stage }) => effect(() => {
  if (stage.value !== "in") hush();
});

/**
 * Where this person is on the way in.
 * @param {Pick<PageParts, "account" | "link"> & { role: Role, children?: Children }} props
 */
function Stage({ account, role, link, children }) {
  const signingIn = useSignal(false);
  const stage = account.stage.value;
  const begun = useRef(stage);
  const moved = stage !== begun.current;
  if (stage === "in") {
    return html`${h(Renewal, { days: account.renewal.value?.days ?? null })}
    ${h(TeamNews, { account })}
    ${account.role.value === role ? children : h(OtherRole, { wanted: role, role: account.role.value })}
    ${h(LinesShown, { account })}
    ${h(SignedIn, { account })}`;
  }
  const invitation = account.invitation.value;
  if (invitation && (stage === "enrolling" || stage === "working")) {
    return html`${h(Heading, { text: t("enrol-title"), arrive: moved })}${h(Enrol, { account, invitation })}`;
  }
  if (stage === "enrolled" && !signingIn.value) return h(Secret, { account, onSignIn: () => void (signingIn.value = true) });
  const title = stage === "locked" ? "signin-locked" : `staff-title-${role}`;
  return html`${h(Heading, { key: title, text: t(title), arrive: (moved && stage !== "working") || signingIn.value })}${h(SignIn, { account, link })}`;
}

/** Who is signed in and how, what happened to the team, how the page looks, and the way out. @param {{ account: Account }} props */
function SignedIn({ account }) {
  return html`<footer class="signed-in">
    <div class="signed-in-who">
      <p>${t("staff-signed-in", { alias: account.alias.value })}</p>
      <div>
        ${h(Pebble, { kind: "quiet", onClick: () => void account.signOut() }, t("staff-sign-out"))}
        ${h(Pebble, { kind: "quiet", onClick: () => void account.forgetBrowser() }, t("staff-forget"))}
      </div>
    </div>
    ${h(OwnAccount, { account })}
    ${h(StaffTrail, { account })}
    <details class="fold"><summary>${t("staff-comfort")}</summary><div>${h(ComfortChoices, {})}</div></details>
  </footer>`;
}

/** Somebody signed in whose desk is elsewhere. @param {{ wanted: Role, role: Role | null }} props */
function OtherRole({ wanted, role }) {
  return html`<div class="way-in">
    ${h(Heading, { text: t(`staff-not-${wanted}`), arrive: true })}
    ${role !== null && html`<p><a href="/${role}.html">${t(`staff-${role}-page`)}</a></p>`}
  </div>`;
}
