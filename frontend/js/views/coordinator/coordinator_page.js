import { h, render, useSignal } from "../../../vendor/preact.js";
import { keepComfortable } from "../parts/comfort_choices.js";
import { StaffPage } from "../staff/page.js";
import { CoordinatorDesk } from "./desk.js";
import { NotSetUp, SetUp } from "./set_up.js";

/** @typedef {import("../../state/coordinator/coordination.js").Coordination} Coordination */
/** @typedef {import("../../state/coordinator/founding.js").Founding} Founding */
/** @typedef {import("../../state/coordinator/service_rules.js").ServiceRules} ServiceRules */
/**
 * @typedef {{ desk: Coordination, rules: ServiceRules, founding: Founding | null, founded: boolean }} Parts
 *   founding: where a set-up link opened the page; founded: whether there is a service to sign in to
 */

/**
 * Shows the coordinators' page.
 * @param {HTMLElement} root
 * @param {import("../staff/page.js").PageParts & Parts} parts
 */
export function showCoordinatorPage(root, parts) {
  keepComfortable();
  root.replaceChildren();
  render(h(CoordinatorPage, parts), root);
}

/** @param {import("../staff/page.js").PageParts & Parts} props */
function CoordinatorPage({ desk, rules, founding, founded, ...parts }) {
  const settingUp = useSignal(founding !== null);
  const onSignIn = () => {
    settingUp.value = false;
    void parts.account.resume();
  };
  const setUp = settingUp.value && founding ? h(SetUp, { founding, onSignIn }) : founded ? null : h(NotSetUp, {});
  const first = setUp === null ? {} : { first: setUp };
  return h(StaffPage, { ...parts, ...first, role: "coordinator" }, h(CoordinatorDesk, { desk, rules }));
}
