// The views that nobody needs at first sight: they come after the first render.

export { Back } from "./back.js";
export { keepComfortable } from "../parts/comfort_choices.js";
export { Look } from "./look.js";
export { tell } from "./news.js";
export { Talk } from "./talk.js";
export { WaitingAbove, WaitingBelow } from "./waiting_room.js";
