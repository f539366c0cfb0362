// What a client's screen shows and what a person may do on it. Everything a screen reads is a signal; no act throws:
// what went wrong stands in `trouble` as a code.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { fromHex, hex } from "../../crypto/encoding.js";
import { CLIENT_SEAT, isClient } from "../../crypto/ids.js";
import { Api, ApiError } from "../../net/api.js";
import { systemClock } from "../../platform/clock.js";
import { keptTalk, wipeTalk } from "../../platform/talk_storage.js";
import { Timeline, isShown } from "../timeline.js";
import { wordLists } from "../word_lists.js";
import { Guests, unlessOver } from "./guests.js";
import { InLine } from "./in_line.js";
import { Keeping } from "./keeping.js";
import { fromKept } from "./kept.js";
import { Newcomers } from "./newcomers.js";
import { OwnCode } from "./own_code.js";
import { OwnReports } from "./own_reports.js";
import { Pages } from "./pages.js";
import { codeOf } from "./patience.js";
import { People } from "./people.js";
import { Reach } from "./reach.js";
import { TEAM } from "./rekeying.js";
import { Signs } from "./signs.js";
import { Talk } from "./talk.js";
import { WaitText } from "./wait_text.js";
import { WaysIn } from "./ways_in.js";
import { Words } from "./words.js";

/** @typedef {import("../answers.js").State} State */
/** @typedef {import("../events.js").Event} Event */
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
  /** Whether past words are hidden. */
  folded = signal(false);
  /** Whether the person goes on without them. */
  fresh = signal(false);
  olderCopy = signal(false);
  /** Whether an act that a person waits for is under way. */
  busy = signal(false);
  #speaks = signal(false);
  mayWrite = computed(() => this.stage.value === "opening" || (this.#speaks.value && !this.olderCopy.value));

  #api;
  #device;
  #line;
  #reach;
  #ways;
  #people;
  #own;
  #keeping;
  #wait;
  #reports;
  #timeline;
  #words;
  #signs;
  #guests;
  #newcomers = new Newcomers();
  #inLine;
  /** @type {Talk | null} */
  #talk = null;
  /** Another one for each talk: what a former one still tells is not heard. */
  #life = {};
  /** The talk that is being opened. @type {object | null} */
  #opening = null;

  /**
   * @param {{ language?: string, api?: Api, clock?: import("../../platform/clock.js").Clock,
   *   line?: MakeLine, lists?: import("./code_words.js").Lists }} [parts] language: as `lang` has it
   */
  constructor({ language = "en", api = new Api(), clock = systemClock, line, lists = wordLists } = {}) {
    this.#api = api;
    this.#device = clock;
    this.#line = line;
    this.#reach = new Reach(api, clock);
    this.#inLine = new InLine(language);
    this.#guests = new Guests((act) => this.#act(act));
    this.#own = new OwnCode(lists);
    this.#ways = new WaysIn({ api, reach: this.#reach, own: this.#own, lists });
    this.#keeping = new Keeping(clock, () => this.#talk && { talk: this.#talk, ticket: this.#inLine.ticket() });
    this.#wait = new WaitText(clock);
    this.#reports = new OwnReports(clock);
    this.#people = new People(clock);
    const people = this.#people;
    this.#timeline = new Timeline({
      own: hex(CLIENT_SEAT),
      names: (seat) => people.alias(seat),
      stones: (seat) => people.stone(seat),
      reader: () => people.peer.value?.alias ?? "",
    });
    this.#words = new Words(this.#timeline, this.#reach.clock);
    this.#signs = new Signs({
      say: ({ kind, fields }) => this.say(kind, fields),
      withdraw: (key) => this.#words.withdraw(key),
      timeline: this.#timeline,
      reach: this.#reach,
    });
    this.rows = this.#timeline.rows;
    /** The person's own word for how it is. */
    this.urgent = this.#inLine.urgent;
    /** Whether words of this wait are with the service, so that a peer may answer while the page is away. */
    this.noteKept = this.#inLine.noteKept;
    /** Who is here and waits for our answer. */
    this.meet = this.#guests.meet;
    /** Who holds a seat that nobody here accepted. */
    this.seatAsked = this.#guests.seat;
    /** Whom a peer of this talk would bring in. */
    this.newcomers = this.#newcomers.value;
    /** How many are ahead, and the minutes that most people waited. */
    this.wait = this.#wait.value;
    this.net = this.#reach.net.value;
    /** What the service says of itself; null before it was asked. */
    this.service = this.#reach.service;
    /** Days that a talk stays after its last use. */
    this.keepDays = this.#reach.keepDays;
    this.wrongDate = this.#reach.wrongDate;
    /** Who talks with us. */
    this.peer = people.peer;
    /** Of those who had a seat in this talk, who can be met today. */
    this.peerToday = people.today;
    /** Aliases of those who hold a key now; empty while all peers do. */
    this.readers = people.readers;
    /** Who they are. */
    this.sitting = people.sitting;
    /** Who sits here and takes no new talks, until that was read. */
    this.peerPaused = people.paused;
    this.peerLost = people.lost;
    /** The id of the line that says that the peer's page was closed. */
    this.peerLeft = people.left;
    /** Whether the peer is writing a longer reply. */
    this.peerWriting = people.writing;
    this.pace = this.#signs.pace.speed;
    this.need = this.#signs.pace.need;
    /** What the person wants to be called; "" where they said nothing. */
    this.name = this.#signs.pace.name;
    this.pause = this.#signs.pause.value;
    this.reports = this.#reports.value;
    /** What brings this talk back; null before it is there, and after a reload. */
    this.code = this.#own.shown;
    this.codeKept = this.#own.kept;
    /** Whether nothing is kept, should the page reload. */
    this.sharedPhone = this.#keeping.shared;
    /** What the person would like in a peer. */
    this.wish = this.#inLine.wish;
    /** What the person shares bit by bit. */
    this.pages = new Pages({
      say: (kind, fields) => this.say(kind, fields),
      takeBack: (key) => void this.takeBack(key),
      rows: this.rows,
      names: (seat) => people.alias(seat),
      root: async () => this.#own.opened,
      api,
      clock: this.#reach.clock,
    });
  }

  /** Asks what the service says of itself, for who only looks at the page; nothing waits for it. */
  async askService() {
    await this.#reach.ask().catch(() => undefined);
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
    if (this.#opening === life) this.#opening = null;
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
      const found = await this.#ways.kept(this.#parts(life), kept.place);
      if (life === this.#life) this.#inLine.take(kept);
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
      const found = await this.#ways.byCode(text, this.wish.pageLanguage);
      if (found === null) return "code-unknown";
      const life = this.#begins();
      const room = await this.#ways.at(found.place, this.#teller(life));
      if (life === this.#life) this.#inLine.takesUp();
      this.#takeUp(life, found.place, room, noOne());
      this.#own.knows(found.code, found.root);
      this.codeKept.value = "shown";
      void this.#own.show();
      return null;
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
  send(text, key) {
    if (text.trim() !== "") this.say("text", { x: text }, key);
  }

  /**
   * Says something of any kind; before there is a room, it waits for one. Whoever writes or shares is back from a pause.
   * @param {string} kind of a client (docs/protocol.md, 9)
   * @param {import("../../crypto/body.js").Fields} [fields]
   * @param {string} [key] of a row that a screen shows already
   * @returns {string} its key: of its row, where it has one
   */
  say(kind, fields = {}, key) {
    if (isShown(kind)) this.#signs.pause.end();
    const said = this.#words.say({ kind, fields }, key);
    this.#tellUnsent();
    return said;
  }

  /** @param {import("./pace.js").Speed} speed */
  setPace(speed) {
    this.#signs.pace.choose("pace", speed);
  }

  /** @param {import("./pace.js").Need} need */
  setNeed(need) {
    this.#signs.pace.choose("need", need);
  }

  /** @param {string} name what the person wants to be called; "" for nothing */
  setName(name) {
    this.#signs.pace.choose("hello", name.trim());
  }

  /**
   * Begins a pause; the same again keeps the place longer.
   * @param {import("./pause.js").Kind} kind
   */
  setPause(kind) {
    this.#signs.pause.begin(kind);
  }

  comeBackFromPause() {
    this.#signs.pause.end();
  }

  /** @param {number} seq of a peer's row: its question is left out */
  skip(seq) {
    this.#signs.reply("skip", seq);
  }

  /** @param {number} seq of a peer's row: its question is for another time, or none */
  notReady(seq) {
    this.#signs.reply("not-ready", seq);
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
    if (!(await this.changeWish())) this.urgent.value = !urgent;
  }

  /** While somebody waits, tells the service what they wish for now; whether it knows. */
  async changeWish() {
    const life = this.#life;
    const code = await this.#inLine.tell(() => this.#talk);
    if (life === this.#life) this.trouble.value = code ?? this.#talk?.room.broken ?? null;
    return code === null;
  }

  /** @param {boolean} accept whether the peer who is here may read and talk with us */
  async answer(accept) {
    if (!accept) this.wish.noLonger(this.meet.value?.kid ?? null);
    await this.#guests.answer(accept, () => this.stage.value === "meeting");
  }

  /** @param {boolean} accept whether who asks for a seat may read on */
  async answerSeat(accept) {
    await this.#guests.answerSeat(accept);
    await this.#learn();
  }

  /**
   * Lets somebody in whom a peer would bring, and tells them what was agreed to, if anything. Words that have not gone out
   * by then were not written for them.
   * @param {string} kid in hex
   * @param {{ sharePast?: boolean, told?: import("./newcomers.js").Card | null }} [how] told: the card as the person left it
   */
  async letIn(kid, { sharePast = false, told = null } = {}) {
    if (!this.#newcomers.has(kid)) return;
    const done = await this.#act(async (talk) => {
      await talk.flush(talk.room, LAST_WORDS);
      this.#holdBack();
      await talk.letIn(fromHex(kid), { sharePast });
    });
    if (!done) return void (this.trouble.value === "unknown" && (this.trouble.value = "newcomer-gone"));
    this.#newcomers.answered(kid);
    if (told && told.text.trim() !== "") this.say("consent", { of: told.seq, text: told.text.trim() });
  }

  /**
   * Says no to somebody whom a peer would bring.
   * @param {string} kid in hex
   */
  async turnAway(kid) {
    if (this.#newcomers.has(kid) && (await this.#act((talk) => unlessOver(talk.turnAway(fromHex(kid)))))) this.#newcomers.answered(kid);
  }

  /**
   * Ends somebody's part in this talk: they get no key of what comes next.
   * @param {string} kid in hex
   */
  async endPart(kid) {
    if (!this.sitting.value.some((each) => each.kid === kid)) return;
    await this.#act((talk) => talk.answerSeat(fromHex(kid), false));
    await this.#learn();
  }

  /** Goes on with a peer who takes no new talks. */
  stay() {
    this.#people.stays();
  }

  /**
   * Gets in line again.
   * @param {{ sharePast?: boolean, urgent?: boolean }} [how] sharePast: whoever comes may read what was said so far
   */
  async lookAgain({ sharePast = false, urgent = false } = {}) {
    this.#inLine.again(urgent);
    const done = await this.#act((talk) => this.#lookForPeer(talk, { sharePast }));
    if (done) this.#signs.pause.end();
  }

  /**
   * Somebody else: the peer who is here loses the seat, and is not asked again.
   * @param {{ sharePast?: boolean, urgent?: boolean }} [how]
   */
  async switchPeer({ sharePast = false, urgent = false } = {}) {
    this.#inLine.again(urgent);
    const done = await this.#act(async (talk) => {
      const known = talk.room.seats.flatMap(({ kid }) => (kid ? [kid] : []));
      if (talk.room.state === "talking") await talk.rest();
      await this.#lookForPeer(talk, { sharePast, refusing: known });
    });
    if (done) this.#signs.pause.end();
  }

  /** @param {Talk} talk @param {Parameters<Talk["lookForPeer"]>[1]} how */
  async #lookForPeer(talk, how) {
    this.#holdBack();
    const ticket = this.#inLine.ticket(false);
    await talk.lookForPeer(ticket, how);
    if (talk === this.#talk) this.#inLine.language = ticket.language;
  }

  /** Another may read what comes next: what was meant for the one before does not go to them. */
  #holdBack() {
    for (const held of this.#words.holdBack()) this.#refused(held);
    this.#tellUnsent();
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

  /**
   * Removes the talk from the service at once, and from this page. What somebody wrote, drew and named for themselves is
   * no part of it: it stays, and so does the code, which opens what they keep.
   */
  async deleteTalk() {
    const done = await this.#act((talk) => talk.delete());
    if (!done) return;
    this.#forgetTalk();
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
    return this.#reports.send(talk, { proofs: this.#proofsOf(keys), category, note });
  }

  /**
   * Answers a moderator who asked for more words of this talk: with picked rows, or with a no, which needs no reason.
   * @param {string} flag its id
   * @param {{ keys: string[], note?: string } | null} picked null: rather not
   * @returns {Promise<{ ok: boolean, code?: string }>} code: why it did not go out
   */
  async answerModerator(flag, picked) {
    const talk = this.#talk;
    if (talk === null) return { ok: false, code: "closed" };
    return this.#reports.answer(talk, flag, picked && { proofs: this.#proofsOf(picked.keys), note: picked.note ?? "" });
  }

  /** @param {string[]} keys of rows, in the log or on the page of both */
  #proofsOf(keys) {
    return keys.flatMap((key) => (this.#timeline.row(key) ?? this.pages.ours.written.value.find((line) => line.key === key))?.proof ?? []);
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
    const { place, room, ticket } = await this.#ways.anew(this.#parts(life), {
      language: this.wish.pageLanguage,
      say: () => {
        const first = this.#words.first();
        return { first, ticket: this.#inLine.ticket(first !== null) };
      },
    });
    if (life !== this.#life) throw goneElsewhere();
    this.noteKept.value = ticket.note;
    this.#inLine.language = ticket.language;
    this.#follow(life, place, room, { ...noOne(), shared: new Map([[TEAM, new Set([1])]]) });
    this.#words.firstIsThere();
    void this.#own.show();
    // What changed while the room was being opened.
    if (JSON.stringify(this.#inLine.ticket()) !== JSON.stringify(ticket)) await this.changeWish();
  }

  /** @param {object} life */
  #parts(life) {
    return { ask: this.#asking(life), tell: this.#teller(life) };
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
    const [api, clock, trust, tell] = [this.#api, this.#reach.clock, /** @type {import("../trust.js").Trust} */ (this.#reach.trusted), this.#teller(life)];
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
    return this.#reach.asking(() => {
      if (life !== this.#life) throw goneElsewhere();
    });
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
        this.#said(event.received, event.key && this.#words.keyOf(event.key));
        break;
      case "delivered":
        if (this.#words.delivered(event.key, event.seq) && !this.noteKept.value) void this.#wordsAreReady();
        break;
      case "undelivered":
        this.#undelivered(event.key);
        break;
      case "moved":
        this.#moved();
        break;
      case "trouble":
        this.trouble.value = event.code;
        this.#moved();
        break;
      case "older-copy":
        this.#holdBack();
        this.#words.cut(event.seq);
        this.#timeline.cut(event.seq);
        this.#signs.cut(event.seq);
        this.pages.ours.cut(event.seq);
        this.#newcomers.cut(event.seq);
        if (this.#talk) void this.#newcomers.learn(this.#talk);
        this.olderCopy.value = true;
        break;
      case "wait":
        if (this.stage.value === "waiting") this.#wait.told(event.wait, this.#inLine.language);
        break;
      case "met":
        this.#guests.met(event.member);
        break;
      case "seat-asked":
        this.#guests.asks(event.member);
        break;
      case "presence":
        this.#people.presence(event.seat, event.state);
        break;
      case "writing":
        this.#people.writes();
        break;
      case "online":
        this.#reach.net.online(event.up);
        this.#reach.lookAtDate();
        break;
      case "slow":
        this.#reach.net.slow(event.slow);
        break;
    }
    this.#tellUnsent();
  }

  /**
   * @param {Extract<Event, { type: "said" }>["received"]} received
   * @param {string | null} key as `say` gave it, where it went out from here
   */
  #said(received, key) {
    this.#timeline.said(received, key);
    this.#words.said(received.seq);
    if (!("body" in received)) return;
    if (!isClient(received.seat) && received.body?.kind === "text") this.#people.spoke();
    this.pages.said(received, this.#talk?.room.caughtUp ?? false);
    if (this.#newcomers.said(received) && this.#talk) void this.#newcomers.learn(this.#talk);
    if (!isClient(received.seat)) return;
    this.#signs.said(received, key);
    if (this.#talk) this.#signs.readIn(this.#talk);
  }

  /** @param {string} roomKey of a message that was refused for good */
  #undelivered(roomKey) {
    const refused = this.#words.undelivered(roomKey);
    if (refused) this.#refused(refused);
  }

  /** @param {import("./words.js").Waiting} waiting what does not go out as it was said */
  #refused(waiting) {
    this.#signs.refused(waiting);
    this.pages.ours.refused(waiting.key);
  }

  #moved() {
    const talk = this.#talk;
    if (talk === null) return;
    const { state, mayWrite } = talk.room;
    const before = this.stage.value;
    if (before === "talking" && state !== "talking") this.#holdBack();
    this.stage.value = state;
    this.#speaks.value = mayWrite;
    this.#guests.lookAt(talk.room);
    if (state !== "waiting") this.#wait.clear();
    if (!["waiting", "meeting"].includes(state)) this.wish.before.value = false;
    if (state === "talking" && before !== "talking") this.wish.joined(); // the service has forgotten it with the ticket
    this.#signs.readIn(talk);
    this.#keeping.keep();
    void this.#learn();
  }

  /** The server told of the room. */
  #settled() {
    const talk = this.#talk;
    if (talk === null) return;
    if (talk.room.meet === null || talk.room.meet.accepted) this.meet.value = null;
    void this.#learn();
    void this.#reports.noticed(talk);
  }

  async #learn() {
    if (this.#talk === null) return;
    await Promise.all([this.#people.learn(this.#talk), this.#newcomers.learn(this.#talk)]);
    this.#timeline.renamed();
  }

  /** A ticket whose words are ready may be met while its page is away. */
  async #wordsAreReady() {
    if (this.#talk?.room.state !== "waiting") return;
    this.noteKept.value = true;
    await this.#inLine.tell(() => this.#talk); // where it cannot be told, the place in line stays as it is
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
    this.#reach.net.unsent(this.#words.unsent);
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
      this.#signs.forget();
      this.#inLine.forget();
      this.#guests.forget();
      this.#newcomers.forget();
      this.pages.ours.forget();
      this.#timeline.forget();
      this.#people.forget();
      this.#reports.forget();
      this.#wait.clear();
      this.#reach.net.stop();
      this.stage.value = "opening";
      this.trouble.value = null;
      this.folded.value = false;
      this.fresh.value = false;
      this.olderCopy.value = false;
      this.#speaks.value = false;
    });
  }

  /** The talk, and what opens it again. */
  #forget() {
    this.#forgetTalk();
    this.pages.forget();
    this.#own.forget();
    this.#reach.forget();
  }
}

/** @returns {import("./talk.js").Let} */
const noOne = () => ({ accepted: new Set(), refused: new Set(), shared: new Map() });
