// Where the page runs: what is checked before anybody starts to write.

/** Marks of browsers inside other apps, whose owners could read along. */
const INSIDE = /FBAN|FBAV|FB_IAB|Instagram|Line\/|Twitter|Snapchat|TikTok|musical_ly|BytedanceWebview|MicroMessenger|Pinterest|LinkedInApp|GSA\/|; wv\)/;

/** Whether this page may encrypt: without a secure context the browser has no WebCrypto for it. */
export const isSecure = () => globalThis.isSecureContext === true && globalThis.crypto?.subtle !== undefined;

/** Whether this is a browser inside another app. */
export const insideAnotherApp = () => INSIDE.test(globalThis.navigator?.userAgent ?? "");

/** Whether peers have to report a child in danger here, as the first page then says. */
export const reportsOutside = () => globalThis.document?.documentElement?.dataset["duty"] === "on";

/** Unix milliseconds by this device, which may be wrong. */
export const systemDate = () => Date.now();
