// What the tools beside a talk look at.

/**
 * language: that the talk is in, "" where it is not known.
 * @typedef {{ key: string, language: string, draft: import("@preact/signals").Signal<string>,
 *   pace: import("@preact/signals").ReadonlySignal<import("../../../safety/nudge.js").Pace>,
 *   rows: import("@preact/signals").ReadonlySignal<readonly import("../../../state/timeline.js").Row[]>,
 *   notes: import("../../../state/staff/craft/note_pad.js").NotePad }} CraftRoom
 */

export {};
