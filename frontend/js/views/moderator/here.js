/** What a refusal of an act on a flag means: somebody else has this flag by now, or it is decided. */
export const HERE = { unknown: "decide-gone", closed: "decide-gone", proof: "decide-off-bad", second_needed: "decide-second-needed", too_long: "decide-too-long", n_conflict: "decide-read-again" };
