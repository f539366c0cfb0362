// The coordinator's desk: who is on the team, who was invited, and every change of it. What is shown is what the two
// houses hold; an act that was cut off leaves nothing here that the next look does not put right.

import { batch, signal } from "../../../vendor/preact.js";
import { memberOf } from "../../crypto/directory.js";
import { b64u, equal, hex } from "../../crypto/encoding.js";
import { ApiError } from "../../net/api.js";
import { codeOf } from "../staff/codes.js";
import { wordLists } from "../word_lists.js";
import { readMembers } from "./answers.js";
import { folded } from "./directories.js";
import { admitted, inTray, invite } from "./in_tray.js";
import { bringUp, isBehind, publish } from "./service_keys.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../../crypto/directory.js").Member} Member */
/** @typedef {import("../staff/answers.js").Role} Role */
/** @typedef {import("../staff/account.js").Account} Account */
/** @typedef {import("../staff/session.js").StaffSession} StaffSession */
/** @typedef {import("./in_tray.js").Newcomer} Newcomer */
/**
 * Somebody suspended. member: as a root signed it when they were listed last, null where none did; day: since 1970.
 * @typedef {{ key: string, kid: Bytes, member: Member | null, reason: string, day: number }} Away
 */
/**
 * A proposal to suspend somebody. mine: asked for here, so that somebody else answers it; agreed: two people want it,
 * and the list is still to be changed.
 * @typedef {{ reason: string, by: string, mine: boolean, agreed: boolean }} Proposed by: an alias
 */
/**
 * Somebody on the team. role: what they do, the first where they have several; me: who sits here; limit: talks at once.
 * @typedef {{ key: string, kid: Bytes, alias: string, stone: string, role: Role, languages: string[], me: boolean,
 *   secondFactor: boolean, limit: number, proposed: Proposed | null }} Person
 */
/** @typedef {Newcomer & { taken: boolean, replaced: string }} Invited taken: their alias is another's; replaced: the alias whose place they take, or "" */
/**
 * expires: of the list, unix seconds; behind: the list came back from a backup, and may name people who have left since.
 * @typedef {{ people: Person[], newcomers: Invited[], suspended: Away[], expires: number, behind: boolean }} Team
 */

/** Milliseconds between two looks at who answered. */
const LOOK = 60_000;

/** Somebody is not what the screen showed when it was tapped: then nothing is signed. */
const CHANGED = "changed";

/** Reasons to suspend somebody, in the order in which they are shown. */
export const REASONS = Object.freeze(["safety", "conduct", "key-lost", "asked", "other"]);

/** Acts never throw: what went wrong is a code in `problem`; what was done last is in `done`. */
export class Coordination {
  /** @type {Signal<Team | null>} */
  team = signal(null);
  /** A code of docs/protocol.md, 16, or of ApiError; also `behind`. @type {Signal<string | null>} */
  problem = signal(null);
  /** What was done last, as an id of the locale. @type {Signal<string | null>} */
  done = signal(null);
  busy = signal(false);
  /** The invitation that was just made, by the key of its newcomer. @type {Signal<string | null>} */
  fresh = signal(null);
  /** Who sits here. @type {Signal<StaffSession | null>} */
  session = signal(null);
  #account;
  #clock;
  #lists;
  /** Looks begun: what an older one finds is not shown over a newer. */
  #looks = 0;
  #cancel = () => {};

  /**
   * @param {Account} account
   * @param {{ lists?: import("../staff/typed.js").Lists }} [parts] tests give their own
   */
  constructor(account, { lists = wordLists } = {}) {
    this.#account = account;
    this.#clock = account.clock;
    this.#lists = lists;
    account.session.subscribe((session) => {
      this.#cancel();
      batch(() => {
        this.team.value = this.problem.value = this.done.value = this.fresh.value = null;
        this.busy.value = false;
        this.session.value = session?.role === "coordinator" ? session : null;
      });
      if (this.session.peek() !== null) void this.#begin();
    });
  }

  /** What was said of the last act has been read. */
  heard() {
    batch(() => void (this.problem.value = this.done.value = null));
  }

  /** Looks again who is there. */
  async look() {
    await this.#work(null, async () => undefined);
  }

  /**
   * Invites one person, for seven days.
   * @param {Role} role
   * @param {Bytes | null} [replaces] whose place they take: the same person with a new key
   */
  async invite(role, replaces = null) {
    await this.#work("did-invite", async (session) => {
      const fresh = hex(await invite(session, role, replaces));
      if (this.session.value === session) this.fresh.value = fresh;
    });
  }

  /** Takes an invitation back, and the account that came of it. @param {Bytes} staff */
  async withdraw(staff) {
    await this.#work("did-withdraw", async (session) => void (await session.ask("enrolment/withdraw", { staff: b64u(staff) })));
  }

  /**
   * Admits these people in one sitting: one new epoch of the teams, one new list in both houses. Whoever gets a new key
   * keeps the face that clients know. Where one of them is not what was shown any more, nobody is admitted.
   * @param {Invited[]} shown
   */
  async admit(shown) {
    await this.#work("did-admit", async (session) => {
      const now = await inTray(session, this.#lists);
      await publish(session, async (staff) => {
        const faces = await Promise.all(shown.map(async (each) => {
          const found = now.find(({ key }) => key === each.key);
          if (found?.state !== "ready") throw new ApiError(CHANGED);
          const newcomer = { ...found, member: await withFace(session, staff, found) };
          if (whatIsSigned(newcomer) !== whatIsSigned(each)) throw new ApiError(CHANGED);
          return newcomer;
        }));
        return admitted(staff, faces);
      }, this.#clock);
    });
  }

  /**
   * After identity came back from a backup: lists these of its people and oneself, and nobody who left since.
   * @param {readonly string[]} keys who is still here
   */
  async recover(keys) {
    await this.#work("did-recover", (session) =>
      publish(session, (staff) => staff.filter(({ kid }) => equal(kid, session.kid) || keys.includes(hex(kid))), this.#clock, { evenBehind: true }));
  }

  /** A list that is good for another 35 days, with new epochs of the team keys. */
  async renew() {
    await this.#work("did-renew", (session) => publish(session, (staff) => staff, this.#clock));
  }

  /** Takes somebody off the list, for good. @param {Bytes} kid */
  async letGo(kid) {
    await this.#work("did-let-go", async (session) => {
      await publish(session, (staff) => without(staff, kid), this.#clock);
      // Whom two people agreed to suspend meanwhile is suspended by that, whatever was meant.
      const { suspended } = readMembers(await session.ask("enrolment/members"));
      if (suspended.some((each) => equal(each.kid, kid))) await session.ask("enrolment/forget", { kid: b64u(kid) });
    });
  }

  /**
   * Asks for somebody to be suspended; a second person answers.
   * @param {Bytes} kid
   * @param {string} reason one of REASONS
   */
  async propose(kid, reason) {
    await this.#work("did-propose", async (session) => void (await session.ask("enrolment/suspend", { kid: b64u(kid), reason })));
  }

  /** As the second person: agrees, and takes them off the list. @param {Bytes} kid */
  async agree(kid) {
    await this.#work("did-suspend", async (session) => {
      await session.ask("enrolment/agree", { kid: b64u(kid) });
      await publish(session, (staff) => without(staff, kid), this.#clock);
    });
  }

  /** Carries out what two people agreed on. @param {Bytes} kid */
  async suspend(kid) {
    await this.#work("did-suspend", (session) => publish(session, (staff) => without(staff, kid), this.#clock));
  }

  /** As the second person, or the first on second thoughts: nobody is suspended. @param {Bytes} kid */
  async refuse(kid) {
    await this.#work("did-refuse", async (session) => void (await session.ask("enrolment/refuse", { kid: b64u(kid) })));
  }

  /** Takes somebody back onto the list, as they were shown and as a root signed it when they were on it last. @param {Away} away */
  async restore({ kid, member: shown }) {
    await this.#work("did-restore", async (session) => {
      const member = await lastListed(session, kid);
      if (shown === null || faceOf(member) !== faceOf(shown)) throw new ApiError(CHANGED);
      await publish(session, (staff) => [...without(staff, kid), member], this.#clock);
    });
  }

  /** Lets somebody go who is suspended. @param {Bytes} kid */
  async forget(kid) {
    await this.#work("did-let-go", async (session) => void (await session.ask("enrolment/forget", { kid: b64u(kid) })));
  }

  /**
   * How many talks somebody may have at once.
   * @param {Bytes} kid
   * @param {number} limit 1 to 3
   */
  async limit(kid, limit) {
    await this.#work("did-limit", async (session) => void (await session.ask("enrolment/limit", { kid: b64u(kid), limit })));
  }

  /** A house that missed a list gets it before anything else, by itself. */
  async #begin() {
    const begun = this.session.peek();
    await this.#work(null, (session) => bringUp(session, { evenBehind: true }));
    if (this.session.peek() === begun) this.#again();
  }

  #again() {
    this.#cancel = this.#clock.after(LOOK, () => {
      if (!this.busy.peek()) void this.#show().catch(() => undefined); // the next look is soon
      this.#again();
    });
  }

  /**
   * Carries an act out, one at a time, then shows what there is.
   * @param {string | null} done
   * @param {(session: StaffSession) => Promise<void>} act
   */
  async #work(done, act) {
    const session = this.session.value;
    if (session === null || this.busy.value) return;
    batch(() => {
      this.busy.value = true;
      this.problem.value = this.done.value = null;
    });
    /** @type {string | null} */
    let problem = null;
    try {
      await act(session);
    } catch (error) {
      problem = codeOf(error);
    }
    // Also after a refusal: another coordinator may have been first, or an answer was lost on the way.
    await this.#show().catch((error) => void (problem ??= codeOf(error)));
    // Whoever sits here by now has a desk of their own.
    if (this.session.value === session) batch(() => {
      this.problem.value = problem;
      this.done.value = problem === null ? done : null;
      this.busy.value = false;
    });
  }

  async #show() {
    const session = this.session.value;
    if (session === null) return;
    const look = ++this.#looks;
    const behind = await isBehind(session);
    const house = readMembers(await session.ask("enrolment/members"));
    const away = await Promise.all(house.suspended.map((each) => asSigned(session, each)));
    const team = teamOf(session, behind, { ...house, away }, await inTray(session, this.#lists));
    if (this.session.value !== session || look !== this.#looks) return;
    // A newer list is good for weeks: nobody has to be asked to renew it any more.
    if (team.expires > (this.team.value?.expires ?? team.expires)) this.#account.renewal.value = null;
    this.team.value = team;
  }}

/** @param {Member[]} staff @param {Bytes} kid */
const without = (staff, kid) => staff.filter((member) => !equal(member.kid, kid));

/**
 * Somebody suspended, as a root signed it when they were listed last: the house's own word for it counts for nothing.
 * @param {StaffSession} session
 * @param {Bytes} kid
 * @returns {Promise<Member>}
 * @throws {ApiError} dir_signature: no root signed that; unknown: they are not suspended
 */
async function lastListed(session, kid) {
  const then = await session.trust.signedOnce(await session.ask("enrolment/last-listed", { kid: b64u(kid) }));
  const member = memberOf(then, kid);
  if (!member) throw new ApiError("dir_signature");
  return member;
}

/**
 * @param {StaffSession} session
 * @param {import("./answers.js").Suspended} suspended
 * @returns {Promise<Away>}
 */
async function asSigned(session, { kid, reason, day }) {
  return { key: hex(kid), kid, reason, day, member: await lastListed(session, kid).catch(notSigned) };
}

/** @param {unknown} error @returns {null} */
function notSigned(error) {
  if (codeOf(error) === "dir_signature") return null;
  throw error;
}

/** What a signature would say of somebody, to be compared. @param {Member} member */
const faceOf = ({ pub, roles, profile: { alias, stone, line, languages, topics, lived } }) =>
  JSON.stringify([b64u(pub), roles, alias, stone, line, languages, topics, lived]);

/** @param {Newcomer} newcomer */
const whatIsSigned = ({ member, replaces }) => JSON.stringify([member && faceOf(member), replaces && b64u(replaces)]);

/**
 * Whoever gets a new key, under the face of the old one.
 * @param {StaffSession} session
 * @param {Member[]} staff
 * @param {Newcomer} newcomer
 * @returns {Promise<Member | null>}
 */
async function withFace(session, staff, { member, replaces }) {
  if (member === null || replaces === null) return member;
  const { profile } = staff.find(({ kid }) => equal(kid, replaces)) ?? (await lastListed(session, replaces));
  return { ...member, profile };
}

/**
 * @param {StaffSession} session
 * @param {boolean} behind
 * @param {Pick<import("./answers.js").Members, "members" | "proposals"> & { away: Away[] }} house away: those suspended
 * @param {Newcomer[]} newcomers
 * @returns {Team}
 */
function teamOf(session, behind, { members, away, proposals }, newcomers) {
  const { directory } = session.trust;
  const profileOf = (/** @type {Bytes} */ kid) =>
    (memberOf(directory, kid) ?? away.find((each) => equal(each.kid, kid))?.member)?.profile ?? null;
  const aliasOf = (/** @type {Bytes} */ kid) => profileOf(kid)?.alias ?? "";
  const people = directory.staff.map(({ kid, roles, profile }) => {
    const state = members.find((each) => equal(each.kid, kid));
    const asked = proposals.find((each) => equal(each.kid, kid));
    return {
      key: hex(kid),
      kid,
      alias: profile.alias,
      stone: profile.stone,
      role: /** @type {Role} */ (roles[0]),
      languages: profile.languages,
      me: equal(kid, session.kid),
      secondFactor: state?.secondFactor ?? false,
      limit: state?.roomLimit ?? 2,
      proposed: asked
        ? { reason: asked.reason, by: aliasOf(asked.by), mine: equal(asked.by, session.kid), agreed: asked.agreed !== null }
        : null,
    };
  });
  const invited = newcomers.map((newcomer) => {
    const { replaces } = newcomer;
    const face = replaces && profileOf(replaces);
    const member = newcomer.member && face ? { ...newcomer.member, profile: face } : newcomer.member;
    const alias = folded(member?.profile.alias ?? "");
    const others = directory.staff.filter(({ kid }) => replaces === null || !equal(kid, replaces));
    return {
      ...newcomer,
      member,
      taken: member !== null && others.some(({ profile }) => folded(profile.alias) === alias),
      replaced: replaces === null ? "" : aliasOf(replaces),
    };
  });
  return { people, newcomers: invited, suspended: away, expires: directory.expires, behind };
}
