// What a client tells the peer without a sentence: how fast to go, what would help, a name, a pause.

import { signal } from "../../../vendor/preact.js";
import { LONGEST_NAME, NEEDS, SPEEDS } from "../client/pace.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../client/pace.js").Speed} Speed */
/** @typedef {import("../client/pace.js").Need} Need */
/** @typedef {import("../../crypto/receiver.js").Received} Received */

/** The last sign of each sort counts. A value of a later version changes nothing here. */
export class ClientSigns {
  /** Slowly, until they choose. @type {Signal<Speed>} */
  pace = signal("slowly");
  /** null: not told. @type {Signal<Need | null>} */
  need = signal(null);
  /** What they may be called; "" where they gave no name. */
  name = signal("");
  /** @type {Signal<"here" | "away" | null>} */
  pause = signal(null);

  /** @param {Received} received from the client's seat */
  said({ body, obeyed }) {
    if (body === null || !obeyed) return;
    const { kind, fields } = body;
    const value = fields.v;
    if (kind === "pace") this.pace.value = SPEEDS.find((each) => each === value) ?? this.pace.value;
    if (kind === "need") this.need.value = NEEDS.find((each) => each === value) ?? this.need.value;
    if (kind === "hello") this.name.value = short(String(fields.alias ?? "").trim());
    if (kind === "pause") this.pause.value = value === "here" || value === "away" ? value : null;
  }
}

/** @param {string} name */
const short = (name) => ([...name].length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME).join("")}…` : name);
