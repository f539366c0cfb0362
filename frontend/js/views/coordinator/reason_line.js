import { h } from "../../../vendor/preact.js";
import { t } from "../../platform/locale.js";
import { LONGEST_REASON } from "../../state/coordinator/service_rules.js";
import { Field } from "../staff/field.js";

/** The line that goes with a change, and stays beside it. @param {{ value: { value: string } }} props */
export const ReasonLine = ({ value }) =>
  h(Field, { label: t("coord-why"), hint: t("coord-why-hint"), value, maxLength: LONGEST_REASON });
