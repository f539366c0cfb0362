// The client's one page: which screen, and what reaches every screen.

import { h, html, hydrate, options, render, signal, useEffect, useSignal, useSignalEffect } from "../../../vendor/preact.js";
import { leaveNow, onShiftThrice } from "../../platform/leaving.js";
import { language, t } from "../../platform/locale.js";
import { announce, hush } from "../parts/announcer.js";
import { comfort } from "../parts/comfort.js";
import { CrisisCard } from "../parts/help_panel.js";
import { Panel } from "../parts/panel.js";
import { Frame } from "./frame.js";
import { Landing } from "./landing.js";
import { Waiting } from "./waiting.js";

/** @typedef {import("../../state/client/door.js").Door} Door */
/** @typedef {import("./landing.js").Deployment} Deployment */
/** @typedef {typeof import("./later.js")} Later the views that nobody needs before a talk began */
/** @typedef {{ door: Door, deployment: Deployment, unprotected: boolean, insideApp: boolean }} Props */

/** @type {import("@preact/signals").Signal<Later | null>} */
const later = signal(null);

/**
 * Shows the page.
 * @param {HTMLElement} root
 * @param {Props & { asWritten: boolean }} props asWritten: what stands in root is this very page, so it is taken over
 */
export function showPage(root, { asWritten, ...props }) {
  if (asWritten) return hydrate(h(ClientPage, props), root);
  root.replaceChildren();
  return render(h(ClientPage, props), root);
}

/** The rest of the views has come. @param {Later} views */
export function takeUp(views) {
  views.keepComfortable();
  later.value = views;
}

/** @param {Props} props */
export function ClientPage({ door, deployment, unprotected, insideApp }) {
  const help = useSignal(false);
  const { leaveHref } = deployment;
  const leave = () => leaveNow(leaveHref, () => {
    // What is forgotten would be drawn once more, into a page that nobody sees, while the way out waits.
    options.debounceRendering = () => undefined;
    try {
      door.forget();
    } finally {
      hush();
      later.value?.endCompany();
    }
  });
  useEffect(() => {
    if (!comfort.shiftLeaves.value) return undefined;
    return onShiftThrice(leave, (pressed, of) => announce(t("leave-count", { pressed, of })));
  }, [comfort.shiftLeaves.value]);
  useSignalEffect(() => {
    const engine = door.engine.value;
    return engine ? later.value?.tell(engine) : undefined;
  });
  useSignalEffect(() => {
    const engine = door.engine.value;
    return engine ? later.value?.keepCompany(engine) : undefined;
  });
  useSignalEffect(() => {
    const engine = door.engine.value;
    if (engine?.wish.speaks(language())) void engine.changeWish();
    later.value?.readAhead(); // in a talk after a reload too: what is opened there later asks for nothing
  });
  const onHelp = () => { help.value = !help.value; };
  const screen = door.screen.value;
  return h(Frame, { leaveHref, onLeave: leave, onHelp, helpOpen: help.value, wide: screen === "landing" }, [
    help.value && h(Panel, { key: "help", title: t("help-title"), onClose: () => { help.value = false; } }, CrisisCard({ private: screen === "talk" })),
    h(Screen, { key: "screen", door, deployment, unprotected, insideApp, helpOpen: help.value }),
  ]);
}

/** @param {Props & { helpOpen: boolean }} props */
function Screen({ door, deployment, unprotected, insideApp, helpOpen }) {
  const ways = { onStart: () => door.start(), onBack: () => door.goTo("back"), onLook: () => door.goTo("look") };
  const views = later.value;
  const engine = door.engine.value;
  const said = engine?.service.value;
  switch (door.screen.value) {
    case "landing":
      return h(Landing, { ...deployment, ...ways, unprotected, insideApp, helpOpen, hours: said?.hours.get(language()) ?? said?.hours.get("*") ?? null, hold: said?.hold ?? false, languages: views && h(views.LanguageChoice, {}) });
    case "look":
      return !views ? html`<p class="lead">${t("opening")}</p>` : h(views.Look, { engine, onStart: ways.onStart, onHome: () => door.goTo("landing") });
    case "back":
      return views ? h(views.Back, { door }) : html`<p class="lead">${t("opening")}</p>`;
    default:
      return h(TalkScreen, { door, backupDays: deployment.backupDays });
  }
}

/**
 * The waiting room stays one and the same from the first moment until a talk goes on, so that nobody who writes in it
 * is interrupted.
 * @param {{ door: Door, backupDays: number }} props
 */
function TalkScreen({ door, backupDays }) {
  const engine = door.engine.value;
  const views = later.value;
  const stage = engine?.stage.value ?? "opening";
  if (engine && views && !["opening", "waiting", "meeting"].includes(stage)) {
    return h(views.Talk, { key: "talk", door, engine, backupDays });
  }
  return h(Waiting, { key: "waiting", door, later: views });
}
