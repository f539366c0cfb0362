// What a client's screen shows and what a person may do on it. Everything a screen reads is a signal; no act throws:
// what went wrong stands in `trouble` as a code.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { codeRoot } from "../../crypto/code.js";
import { hex } from "../../crypto/encoding.js";
import { ProtocolError } from "../../crypto/errors.js";
import { CLIENT_SEAT } from "../../crypto/ids.js";
import { Api, ApiError } from "../../net/api.js";
import { systemClock } from "../../platform/clock.js";
import { keptTalk, wipeTalk } from "../../platform/talk_storage.js";
import { readService } from "../answers.js";
import { ownFlags, raiseFlag } from "../flagging.js";
import { NetState } from "../net_state.js";
import { Reports } from "../reports.js";
import { Timeline } from "../timeline.js";
import { Trust } from "../trust.js";
import { wordLists } from "../word_lists.js";
import { typedCodes } from "./code_words.js";
import { Keeping } from "./keeping.js";
import { fromKept } from "./kept.js";
import { freshProof, openRoom } from "./opening.js";
import { OwnCode } from "./own_code.js";
import { untilReached } from "./patience.js";
import { People } from "./people.js";
import { profileOf } from "./profile.js";
import { TEAM } from "./rekeying.js";
import { findTalk, roomAt } from "./returning.js";
import { ServerClock } from "./server_clock.js";
import { Talk } from "./talk.js";
import { WaitText } from "./wait_text.js";
import { Words } from "./words.js";

/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../answers.js").State} State */
/** @typedef {import("../events.js").Event} Event */
/** @typedef {import("../timeline.js").Row} Row */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {"opening" | State | "no-room"} Stage no-room: none could be opened; why, `trouble` says */
/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {ConstructorParameters<typeof Talk>[0]["line"]} MakeLine */

/** Milliseconds that words may take to go out before a talk rests. */
const LAST_WORDS = 3000;

/** The page has no use any more for what was asked. */
const goneElsewhere = () => new ApiError("left");

export class ClientEngine {
  /** @type {Signal<Stage>} */
  stage = signal("opening");
  /** A code of docs/protocol.md, 16, "unreachable", or null. @type {Signal<string | null>} */
  trouble = signal(null);
  urgent = signal(false);
  /** Who is here and waits for our answer. @type {Signal<Profile | null>} */
  meet = signal(null);
  /** Who holds a seat that nobody here accepted. @type {Signal<Profile | null>} */
  seatAsked = signal(null);
  /** Whether past words are hidden. */
  folded = signal(false);
  /** Whether the person goes on without them. */
  fresh = signal(false);
  olderCopy = signal(false);
  /** Days that a talk stays after its last use. */
  keepDays = signal(30);
  wrongDate = signal(false);
  /** Whether an act that a person waits for is under way. */
  busy = signal(false);
  #speaks = signal(false);
  mayWrite = computed(() => this.stage.value === "opening" || (this.#speaks.value && !this.olderCopy.value));

  #api;
  #clock;
  #device;
  #language;
  #lists;
  #line;
  #people = new People();
  #own;
  #keeping;
  #net;
  #wait;
  #reports;
  #timeline;
  #words;
  /** @type {Trust | null} */
  #trust = null;
  /** @type {Talk | null} */
  #talk = null;
  /** Another one for each talk: what a former one still tells is not heard. */
  #life = {};
  /** The talk that is being opened. @type {object | null} */
  #opening = null;
  #note = false;

  /**
   * @param {{ language?: string, api?: Api, clock?: import("../../platform/clock.js").Clock,
   *   line?: MakeLine, lists?: import("./code_words.js").Lists }} [parts] language: as `lang` has it
   */
  constructor({ language = "en", api = new Api(), clock = systemClock, line, lists = wordLists } = {}) {
    this.#language = language.split("-")[0] ?? "en";
    this.#api = api;
    this.#device = clock;
    this.#clock = new ServerClock(clock);
    this.#line = line;
    this.#lists = lists;
    this.#own = new OwnCode(lists);
    this.#keeping = new Keeping(clock, () => this.#talk && { talk: this.#talk, ticket: { urgent: this.urgent.value, note: this.#note } });
    this.#net = new NetState(clock);
    this.#wait = new WaitText(clock);
    this.#reports = new Reports(clock);
    const people = this.#people;
    this.#timeline = new Timeline({ own: hex(CLIENT_SEAT), names: (seat) => people.alias(seat), stones: (seat) => people.stone(seat) });
    this.#words = new Words(this.#timeline, this.#clock);
  }

  get rows() {
    return this.#timeline.rows;
  }

  /** How many are ahead, and the minutes that most people waited. */
  get wait() {
    return this.#wait.value;
  }

  get net() {
    return this.#net.value;
  }

  /** Who talks with us. */
  get peer() {
    return this.#people.peer;
  }

  /** Aliases of those who hold a key now; empty while all peers do. */
  get readers() {
    return this.#people.readers;
  }

  get peerLost() {
    return this.#people.lost;
  }

  /** The id of the line that says that the peer's page was closed. */
  get peerLeft() {
    return this.#people.left;
  }

  get reports() {
    return this.#reports.value;
  }

  /** What brings this talk back; null before it is there, and after a reload. */
  get code() {
    return this.#own.shown;
  }

  get codeKept() {
    return this.#own.kept;
  }

  /** Whether nothing is kept, should the page reload. */
  get sharedPhone() {
    return this.#keeping.shared;
  }

  // A talk begins

  /**
   * Opens a room in the background; words said meanwhile go along, or right behind. In place of a talk that is over, or
   * again where none could be opened before.
   */
  async open() {
    if (this.#opening === this.#life) return;
    const life = (this.#opening = this.#begins());
    try {
      await this.#openRoom(life);
    } catch (error) {
      if (life !== this.#life) return;
      this.#words.firstIsBack();
      this.stage.value = "no-room";
      this.trouble.value = codeOf(error);
    }
    this.#opening = null;
    this.#tellUnsent();
  }

  /**
   * Takes up the talk that was kept over a reload; whether there was one.
   * @returns {Promise<boolean>}
   */
  async restore() {
    const kept = fromKept(keptTalk(this.#device.now()));
    if (kept === null) return false;
    const life = this.#begins();
    try {
      const ask = this.#asking(life);
      const trust = await ask(() => this.#pin());
      await ask(() => trust.refresh({ evenExpired: true }));
      await ask(() => this.#service());
      const found = await ask(() => roomAt(this.#api, kept.place, this.#roomParts(life)));
      this.urgent.value = kept.urgent;
      this.#note = kept.note;
      this.#takeUp(life, kept.place, found, kept.let);
      return true;
    } catch (error) {
      if (life !== this.#life) return true; // another talk, or the page is left: nothing is to be done here
      this.#forget();
      if (codeOf(error) === "unknown") wipeTalk();
      return false;
    }
  }

  /**
   * Finds a talk by what somebody typed: its seven words or numbers.
   * @param {string} text
   * @returns {Promise<string | null>} null where it is open now; else code-format, code-unknown, unreachable, or another
   *   code
   */
  async comeBack(text) {
    try {
      const codes = await typedCodes(text, this.#lists);
      const trust = await this.#pin();
      await trust.refresh({ evenExpired: true });
      const { time } = await this.#service();
      for (const code of codes) {
        const root = await codeRoot(code, trust.instance);
        const place = await findTalk(this.#api, root, time);
        if (place === null) continue;
        const life = this.#begins();
        this.#takeUp(life, place, await roomAt(this.#api, place, this.#roomParts(life)), noOne());
        this.#own.knows(code, root);
        this.#note = true; // what its ticket says is not known: it stays as it is
        this.codeKept.value = "shown";
        void this.#own.show();
        return null;
      }
      return "code-unknown";
    } catch (error) {
      const code = codeOf(error);
      if (code === "malformed") return "code-format";
      return ["unavailable", "not_beside"].includes(code) ? "unreachable" : code;
    }
  }

  // Words

  /**
   * Says something; before there is a room, it waits for one.
   * @param {string} text
   * @param {string} [key] of words that a screen shows already
   */
  async send(text, key) {
    if (text.trim() === "") return;
    this.#words.say(text, key);
    this.#tellUnsent();
  }

  /** @param {string} key of a row that was not sent */
  async retry(key) {
    this.#words.retry(key);
    this.#tellUnsent();
  }

  /**
   * Takes one's own words back: what has not gone out yet is withdrawn, what has is removed on both sides.
   * @param {string} key of the row
   */
  async takeBack(key) {
    if (!this.#words.takeBack(key)) this.trouble.value = "closed";
    this.#tellUnsent();
  }

  /** Goes on without the past words; they stay hidden until they are asked for. */
  startFresh() {
    this.fresh.value = true;
  }

  /** Shows the past words. */
  unfold() {
    this.folded.value = false;
    this.#timeline.foldTo(0);
  }

  // Who listens

  /** @param {boolean} urgent */
  async setUrgent(urgent) {
    this.urgent.value = urgent;
    if (this.#talk?.room.state !== "waiting") return;
    const done = await this.#act((talk) => talk.changeTicket(this.#ticket(this.#note)));
    if (!done) this.urgent.value = !urgent;
  }

  /** @param {boolean} accept whether the peer who is here may read and talk with us */
  async answer(accept) {
    const profile = this.meet.value;
    if (profile === null) return;
    this.meet.value = null;
    const done = await this.#act((talk) => unlessOver(talk.answer(bytesOf(profile), accept)));
    if (!done && this.stage.value === "meeting") this.meet.value = profile;
  }

  /** @param {boolean} accept whether who asks for a seat may read on */
  async answerSeat(accept) {
    const profile = this.seatAsked.value;
    if (profile === null) return;
    this.seatAsked.value = null;
    await this.#act((talk) => talk.answerSeat(bytesOf(profile), accept));
    await this.#learn();
  }

  /**
   * Gets in line again.
   * @param {{ sharePast?: boolean, urgent?: boolean }} [how] sharePast: whoever comes may read what was said so far
   */
  async lookAgain({ sharePast = false, urgent = false } = {}) {
    this.urgent.value = urgent;
    this.#note = false;
    await this.#act((talk) => talk.lookForPeer(this.#ticket(false), { sharePast }));
  }

  /**
   * Somebody else: the peer who is here loses the seat, and is not asked again.
   * @param {{ sharePast?: boolean, urgent?: boolean }} [how]
   */
  async switchPeer({ sharePast = false, urgent = false } = {}) {
    this.urgent.value = urgent;
    this.#note = false;
    await this.#act(async (talk) => {
      const known = talk.room.seats.flatMap(({ kid }) => (kid ? [kid] : []));
      if (talk.room.state === "talking") await talk.rest();
      await talk.lookForPeer(this.#ticket(false), { sharePast, refusing: known });
    });
  }

  // Ending

  /** Says goodbye and rests: the code opens this talk again, and nothing of it stays on this device. */
  async endForNow() {
    const done = await this.#act(async (talk) => {
      const { room } = talk;
      if (room.state === "meeting" && room.meet && !room.meet.accepted) await unlessOver(talk.answer(room.meet.kid, false));
      if (room.state === "talking") {
        const bye = talk.say(room, { kind: "bye" });
        if (!(await talk.flush(room, LAST_WORDS))) talk.withdraw(room, bye);
      }
      await talk.rest();
    });
    if (done) this.#keeping.end();
  }

  /** Ends the talk for good; nothing of it stays on this device. */
  async end() {
    const done = await this.#act((talk) => talk.close());
    if (done) wipeTalk();
  }

  /** Removes the talk from the service at once, and from this page. */
  async deleteTalk() {
    const done = await this.#act((talk) => talk.delete());
    if (!done) return;
    this.#forget();
    this.stage.value = "deleted";
    wipeTalk();
  }

  /** Goes on although the service lost the latest words. */
  async goOn() {
    if (await this.#act((talk) => talk.goOn())) this.olderCopy.value = false;
  }

  /** @param {boolean} shared whether nothing is kept, should the page reload */
  setSharedPhone(shared) {
    this.#keeping.setShared(shared);
  }

  /** Everything is forgotten at once, in this task. */
  leave() {
    this.#forget();
    wipeTalk();
  }

  /** The page goes out of sight: keys and words go, what a reload needs stays for ten minutes. */
  hide() {
    this.#keeping.keep();
    this.#forget();
  }

  // Reports

  /**
   * Discloses the picked rows to the moderation team, and nothing else.
   * @param {{ keys: string[], category: import("../flagging.js").Category, note?: string }} picked
   * @returns {Promise<{ ok: boolean, code?: string }>} code: why it did not go out
   */
  async flag({ keys, category, note = "" }) {
    const talk = this.#talk;
    if (talk === null) return { ok: false, code: "closed" };
    const proofs = keys.flatMap((key) => this.#timeline.row(key)?.proof ?? []);
    try {
      const reporter = { room: talk.room.room, seat: CLIENT_SEAT, shown: { secret: talk.secret } };
      await raiseFlag({ api: this.#api, trust: talk.trust, clock: this.#clock }, reporter, { proofs, category, note });
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
    void this.#reports.ask(ownOf(talk));
    return { ok: true };
  }

  /** The person has read what became of the reports. */
  readOutcome() {
    this.#reports.read();
  }

  // How a talk is taken up

  #begins() {
    if (this.#talk) this.#forgetTalk();
    this.#life = {};
    this.stage.value = "opening";
    this.trouble.value = null;
    return this.#life;
  }

  /** @param {object} life */
  async #openRoom(life) {
    const ask = this.#asking(life);
    const trust = await ask(() => this.#pin());
    const parts = { api: this.#api, trust, ask, ...this.#roomParts(life) };
    const [proof, root] = await Promise.all([freshProof(parts), this.#own.root(this.#language, trust.instance)]);
    await ask(() => this.#service());
    await ask(() => trust.refresh());
    const first = this.#words.first();
    const ticket = this.#ticket(first !== null);
    const { place, room } = await openRoom(parts, root, proof, ticket, first);
    if (life !== this.#life) throw goneElsewhere();
    this.#note = ticket.note;
    this.#follow(life, place, room, { ...noOne(), shared: new Map([[TEAM, new Set([1])]]) });
    this.#words.firstIsThere();
    void this.#own.show();
    // What changed while the room was being opened.
    if (this.urgent.value !== ticket.urgent) await this.setUrgent(this.urgent.value);
  }

  /** @param {object} life */
  #roomParts(life) {
    return { clock: this.#clock, tell: this.#teller(life) };
  }

  /**
   * A talk with a past, which is folded away.
   * @param {object} life
   * @param {import("./rekeying.js").Slot} place
   * @param {{ room: import("../room.js").Room, seq: number }} found
   * @param {import("./talk.js").Let} whom
   */
  #takeUp(life, place, { room, seq }, whom) {
    if (life !== this.#life) throw goneElsewhere();
    this.folded.value = seq > 0;
    this.#timeline.foldTo(seq);
    this.#follow(life, place, room, whom);
  }

  /**
   * @param {object} life
   * @param {import("./rekeying.js").Slot} place
   * @param {import("../room.js").Room} room
   * @param {import("./talk.js").Let} whom
   */
  #follow(life, place, room, whom) {
    const [api, clock, trust, tell] = [this.#api, this.#clock, /** @type {Trust} */ (this.#trust), this.#teller(life)];
    const settled = () => void (life === this.#life && this.#settled());
    const line = this.#line ? { line: this.#line } : {};
    this.#talk = new Talk({ api, trust, clock, tell, room, place, let: whom, settled, ...line });
    this.#words.follow(this.#talk);
    this.#moved();
    this.#talk.start();
    this.#keeping.start();
  }

  /**
   * Requests of the background: as often as it takes, while this is the page's talk.
   * @param {object} life
   * @returns {<T>(act: () => Promise<T>) => Promise<T>}
   */
  #asking(life) {
    const told = (/** @type {boolean} */ reached) => this.#net.online(reached);
    return (act) =>
      untilReached(this.#clock, told, async () => {
        if (life !== this.#life) throw goneElsewhere();
        return act();
      });
  }

  async #pin() {
    this.#trust ??= await Trust.pin(this.#api);
    return this.#trust;
  }

  async #service() {
    const service = readService(await this.#api.get("service"));
    this.keepDays.value = service.keepDays;
    this.#clock.told(service.time);
    this.wrongDate.value = this.#clock.deviceIsWrong;
    return service;
  }

  // What happens in the talk

  /** @param {object} life @returns {(event: Event) => void} */
  #teller(life) {
    return (event) => {
      if (life === this.#life) batch(() => this.#heard(event));
    };
  }

  /** @param {Event} event */
  #heard(event) {
    switch (event.type) {
      case "said":
        this.#timeline.said(event.received, event.key && this.#words.keyOf(event.key));
        this.#words.said(event.received.seq);
        break;
      case "delivered":
        this.#words.delivered(event.key, event.seq);
        if (!this.#note) void this.#wordsAreReady();
        break;
      case "undelivered":
        this.#words.undelivered(event.key);
        break;
      case "moved":
        this.#moved();
        break;
      case "trouble":
        this.trouble.value = event.code;
        this.#moved();
        break;
      case "older-copy":
        this.#timeline.cut(event.seq);
        this.olderCopy.value = true;
        break;
      case "wait":
        if (this.stage.value === "waiting") this.#wait.told(event.wait);
        break;
      case "met":
        this.meet.value = profileOf(event.member);
        break;
      case "seat-asked":
        this.seatAsked.value = profileOf(event.member);
        break;
      case "presence":
        this.#people.presence(event.seat, event.state);
        break;
      case "online":
        this.#net.online(event.up);
        this.wrongDate.value = this.#clock.deviceIsWrong;
        break;
      case "slow":
        this.#net.slow(event.slow);
        break;
    }
    this.#tellUnsent();
  }

  #moved() {
    const talk = this.#talk;
    if (talk === null) return;
    const { state, mayWrite } = talk.room;
    this.stage.value = state;
    this.#speaks.value = mayWrite;
    if (state !== "meeting") this.meet.value = null;
    if (state !== "talking") this.seatAsked.value = null;
    if (state !== "waiting") this.#wait.clear();
    this.#keeping.keep();
    void this.#learn();
  }

  /** The server told of the room. */
  #settled() {
    const talk = this.#talk;
    if (talk === null) return;
    if (talk.room.meet === null || talk.room.meet.accepted) this.meet.value = null;
    void this.#learn();
    void this.#reports.noticed(ownOf(talk), talk.line.up);
  }

  async #learn() {
    if (this.#talk === null) return;
    await this.#people.learn(this.#talk);
    this.#timeline.renamed();
  }

  /** A ticket whose words are ready may be met while its page is away. */
  async #wordsAreReady() {
    const talk = this.#talk;
    if (talk?.room.state !== "waiting") return;
    this.#note = true;
    try {
      await talk.changeTicket(this.#ticket(true));
    } catch (error) {
      codeOf(error); // the place in line stays as it is
    }
  }

  /** @param {boolean} note @returns {import("./opening.js").Ticket} */
  #ticket(note) {
    return { language: this.#language, urgent: this.urgent.value, back: null, note, topics: [], lived: [], refused: [] };
  }

  /**
   * Something that a person waits for; whether it worked.
   * @param {(talk: Talk) => Promise<void>} act
   */
  async #act(act) {
    const [talk, life] = [this.#talk, this.#life];
    if (talk === null) return false;
    this.trouble.value = talk.room.broken;
    this.busy.value = true;
    try {
      await act(talk);
    } catch (error) {
      if (life === this.#life) this.trouble.value = codeOf(error);
      return false;
    } finally {
      this.busy.value = false;
      if (life === this.#life) this.#moved();
    }
    return life === this.#life;
  }

  #tellUnsent() {
    this.#net.unsent(this.#words.unsent);
  }

  // Forgetting

  /** The talk, and all that was said in it. */
  #forgetTalk() {
    this.#keeping.stop();
    this.#life = {};
    this.#talk?.leave();
    this.#talk = null;
    batch(() => {
      this.#words.forget();
      this.#timeline.forget();
      this.#people.forget();
      this.#reports.forget();
      this.#wait.clear();
      this.#net.stop();
      this.#note = false;
      this.stage.value = "opening";
      this.trouble.value = null;
      this.urgent.value = false;
      this.meet.value = null;
      this.seatAsked.value = null;
      this.folded.value = false;
      this.fresh.value = false;
      this.olderCopy.value = false;
      this.#speaks.value = false;
    });
  }

  /** The talk, and what opens it again. */
  #forget() {
    this.#forgetTalk();
    this.#own.forget();
    this.#trust = null;
  }
}

/** @param {Talk} talk @returns {import("../reports.js").Own} */
const ownOf = (talk) => () => ownFlags(talk.api, talk.room.room, { secret: talk.secret });

/** @returns {import("./talk.js").Let} */
const noOne = () => ({ accepted: new Set(), refused: new Set(), shared: new Map() });

/** @param {Profile} profile @returns {Bytes} its kid */
const bytesOf = ({ kid }) => Uint8Array.from(kid.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/**
 * An answer that came too late is none: the meeting ended by itself.
 * @param {Promise<void>} answer
 */
async function unlessOver(answer) {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unknown") throw error;
  }
}

/**
 * @param {unknown} error
 * @returns {string} what is wrong on our side reads as "unavailable"
 */
const codeOf = (error) => (error instanceof ApiError || error instanceof ProtocolError ? error.code : "unavailable");
