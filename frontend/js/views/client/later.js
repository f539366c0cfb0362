// The views that nobody needs at first sight: they come after the first render.

export { addStyles } from "../../platform/styles.js";
export { Back } from "./back.js";
export { endCompany, keepCompany } from "./company.js";
export { LanguageChoice } from "../parts/language_choice.js";
export { keepComfortable } from "../parts/comfort_choices.js";
export { Look, readAhead } from "./look.js";
export { tell } from "./news.js";
export { Talk } from "./talk.js";
export { WaitingAbove, WaitingBelow } from "./waiting_room.js";
