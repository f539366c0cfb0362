// One talk on a peer's desk, from the claim to the moment it leaves the list.

import { batch, computed, signal } from "../../../vendor/preact.js";
import { equal, fromHex, hex } from "../../crypto/encoding.js";
import { CLIENT_SEAT, seatId } from "../../crypto/ids.js";
import { backoff } from "../../net/line.js";
import { raiseFlag } from "../flagging.js";
import { Ours } from "../ours.js";
import { Timeline, isShown } from "../timeline.js";
import { ClientSigns } from "./client_signs.js";
import { Colleagues } from "./colleagues.js";
import { codeOf } from "./codes.js";
import { NotePad } from "./craft/note_pad.js";
import { LongReply } from "./long_reply.js";
import { showOwnLines } from "./own_lines.js";

/** @template T @typedef {import("@preact/signals").Signal<T>} Signal */
/** @typedef {import("../../crypto/encoding.js").Bytes} Bytes */
/** @typedef {import("../events.js").Event} Event */
/** @typedef {import("../flagging.js").Category} Category */
/** @typedef {import("../room.js").Room} Room */
/** @typedef {import("../timeline.js").Row} Row */
/** @typedef {import("./peer.js").Peer} Peer */
/** @typedef {import("./session.js").StaffSession} StaffSession */
/** @typedef {"claimed" | "talking" | "resting" | "closed" | "left" | "gone"} Stage claimed: the client has not answered yet; left: it goes on with who else sits there */
/** @typedef {"here" | "lost" | "left" | "unknown"} Presence of the client's page */
/**
 * What a room needs of its desk. turnOff: be shown nobody who waits; inView: whether this room is; flagged: words of it
 * went to the moderators; closed: takes it off the list.
 * @typedef {{ peer: Peer, session: StaffSession, notes: import("./notes.js").Notes, turnOff: () => void, inView: (room: PeerRoom) => boolean,
 *   flagged: () => void, closed: (room: PeerRoom) => void }} Hand
 */

/** Milliseconds that the last words are given to reach the service before this peer leaves the room. */
const LAST_WORDS = 2000;
const CLIENT = hex(CLIENT_SEAT);

/** Acts never throw: what went wrong is a code in `trouble`. */
export class PeerRoom {
  /** The room's id in hex. */
  key;
  /** 1, 2, 3 …: unlike any other on the desk. */
  label;
  /** 0 to 7: the shape and colour of its edge; for the first talks not 0, which is this peer's own in the log. */
  stone;
  /** @type {Signal<Stage>} */
  stage = signal("claimed");
  /** What stands in this room's composer. */
  draft = signal("");
  /** Whether words came that were not in view. */
  unread = signal(false);
  /** @type {Signal<Presence>} */
  client = signal("unknown");
  /** @type {Signal<string | null>} */
  trouble = signal(null);
  mayWrite = signal(false);
  /** Whether "End now" ended it. */
  ended = signal(false);
  /** The page that both write on; null before this peer sits here. @type {Ours | null} */
  ours = null;
  /** For this peer's own eyes. */
  notes;
  /** Who else of the team sits here, and who is asked in. */
  colleagues;
  /** The language that the client asked for; "" where this page was loaded since. */
  language = "";
  /** @type {import("@preact/signals").ReadonlySignal<Row[]>} */
  rows = computed(() => this.#timeline.value?.rows.value ?? []);
  /** What can be flagged, in the order of the room: rows, and what stands on the page of both. */
  flaggable = computed(() => [...this.rows.value, ...(this.ours?.written.value ?? [])].filter(({ proof }) => proof !== null).sort((a, b) => Number(a.seq) - Number(b.seq)));
  /** This peer's own words of this talk, as far as they can be proven. */
  ownLines = computed(() => this.flaggable.value.filter(({ from }) => from === "me"));
  #id;
  #hand;
  /** @type {Signal<Timeline | null>} */
  #timeline = signal(null);
  /** There from the moment this peer sits here; kept to read on and to flag. @type {Room | null} */
  #room = null;
  /** Whether what had been said before is all here: only what comes later is new. */
  #caughtUp = false;
  #signs = new ClientSigns();

  /**
   * @param {Bytes} id
   * @param {number} label
   * @param {Hand} hand
   */
  constructor(id, label, hand) {
    this.key = hex(id);
    this.label = label;
    this.stone = label % 8;
    this.#id = id;
    this.#hand = hand;
    const { notes, peer } = hand;
    this.colleagues = new Colleagues(id, { peer, session: hand.session });
    this.notes = new NotePad({ load: () => notes.load(id), save: (text) => notes.save(id, text) }, peer.clock);
    const reply = new LongReply(peer.clock, () => this.#sayWriting());
    this.draft.subscribe((text) => reply.changed(text));
  }

  /** How fast the client likes to go. */
  get pace() {
    return this.#signs.pace;
  }

  /** What would help the client today; null where they did not say. */
  get need() {
    return this.#signs.need;
  }

  /** What the client may be called; "" where they gave no name. */
  get name() {
    return this.#signs.name;
  }

  /** Whether the client does not write for now, or is away for a while. */
  get pause() {
    return this.#signs.pause;
  }

  /** How many words wait for the line. */
  get waiting() {
    return this.#room?.waiting ?? 0;
  }

  /** Whether this talk counts against the rooms a peer may hold at once. */
  get isHeld() {
    return this.stage.value === "claimed" || this.stage.value === "talking";
  }

  /** Whether what had been said before is all here: only what comes later is news. */
  get caughtUp() {
    return this.#caughtUp || (this.#room?.caughtUp ?? false);
  }

  /** @param {string} text */
  async send(text) {
    const room = this.#room;
    if (!room || !this.mayWrite.value || text.trim() === "") return;
    if (room.broken === null) this.trouble.value = null;
    room.goOn(); // whoever writes on has read that the service went back
    const { peer } = this.#hand;
    this.#timeline.value?.queued(peer.say(room, { kind: "text", fields: { x: text } }), text, peer.clock.minutes());
  }

  /** @param {string} key of words that were refused */
  async retry(key) {
    if (!this.#room || !this.#hand.peer.retry(this.#room, key)) return;
    this.trouble.value = null;
    this.#timeline.value?.stands(key, "waiting");
  }

  /**
   * Words that wait are gone; words that were sent are folded on both sides.
   * @param {string} key
   */
  async takeBack(key) {
    const row = this.#timeline.value?.row(key);
    if (!this.#room || !row || row.from !== "me") return;
    if (row.seq === null && this.#hand.peer.withdraw(this.#room, key)) this.#timeline.value?.withdrawn(key);
    else if (row.seq !== null) this.#say("take-back", { of: row.seq });
  }

  /** "I'm here, no rush." */
  async here() {
    this.#say("here");
  }

  /**
   * Nods at something the client said or shared, once.
   * @param {string} key of its row
   */
  async nod(key) {
    const row = this.#timeline.value?.row(key);
    if (row?.seq && mayNod(row)) this.#say("nod", { of: row.seq });
  }

  /** @param {number} minutes until this peer needs to go */
  async leaving(minutes) {
    this.#say("leaving", { at: this.#hand.peer.clock.minutes() + minutes });
  }

  /**
   * Asks a colleague in: to go on with this talk, or to sit with both. The card for a handover goes to the client alone,
   * who says what of it may be told.
   * @param {{ kid: string, purpose: import("../answers.js").AskPurpose, card?: string }} how kid in hex
   * @returns {Promise<boolean>} whether they are asked now; else `colleagues.problem` says why not
   */
  async askIn({ kid, purpose, card = "" }) {
    if (!this.mayWrite.value || !(await this.colleagues.ask(kid, purpose))) return false;
    const text = card.trim();
    const key = purpose === "handover" && text !== "" ? this.#say("handover", { text, next: kid }) : null;
    if (key !== null) this.#timeline.value?.shared(key, { kind: "handover", fields: { text } }, this.#hand.peer.clock.minutes());
    return true;
  }

  /** Everybody else of the team, as the directory lists them; kid in hex. */
  team() {
    const { kid: own, trust } = this.#hand.session;
    return trust.directory.staff.filter(({ kid }) => !equal(kid, own)).map(({ kid, roles, profile }) => ({ kid: hex(kid), alias: profile.alias, role: roles[0] ?? "" }));
  }

  /**
   * Shows own words of this talk to one member of the team.
   * @param {{ to: string, keys: string[], note: string }} picked to: kid in hex, of `team`
   * @returns {Promise<{ ok: boolean, code?: string }>}
   */
  async showLines({ to, keys, note }) {
    const proofs = this.ownLines.value.flatMap(({ key, proof }) => (proof && keys.includes(key) ? [proof] : []));
    try {
      await showOwnLines(this.#hand.session, this.#id, { to: fromHex(to), proofs, note });
      return { ok: true };
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
  }

  /** Leaves the talk: it rests until the client comes back, or goes on with who else sits here. */
  async release() {
    const wasClaimed = this.stage.value === "claimed";
    const goesOn = this.colleagues.here.value.length > 0;
    await this.#lastWords();
    try {
      await this.#hand.peer.release(this.#id);
    } catch (error) {
      const code = codeOf(error);
      if (code !== "unknown") return void (this.trouble.value = code);
    }
    if (wasClaimed) this.#hand.closed(this);
    else this.#stop(goesOn ? "left" : "resting");
  }

  /** "End now, this is not OK": a goodbye, out of the room, and no new meetings, whatever the line does. */
  async endNow() {
    if (this.stage.value !== "talking") return;
    this.#hand.turnOff();
    if (this.#hand.peer.line.up) this.#say("bye");
    this.#stop("gone");
    this.draft.value = "";
    this.ended.value = true;
    await this.#lastWords();
    await this.#releaseAtLast();
  }

  /**
   * Sends picked words to the moderators and says so in the room.
   * @param {{ keys: string[], category: Category, note: string, reason: string }} flag
   * @returns {Promise<{ ok: boolean, code?: string }>}
   */
  async flag({ keys, category, note, reason }) {
    const proofs = this.flaggable.value.flatMap(({ key, proof }) => (proof && keys.includes(key) ? [proof] : []));
    const { peer, session } = this.#hand;
    try {
      const reporter = {
        room: this.#id,
        seat: await seatId(this.#id, session.kid),
        shown: { bearer: await session.bearer() },
      };
      await raiseFlag(peer, reporter, { proofs, category, note, reason });
    } catch (error) {
      return { ok: false, code: codeOf(error) };
    }
    this.#say("flagged");
    this.#hand.flagged();
    return { ok: true };
  }

  /** Takes a talk that is over off the list. */
  close() {
    if (!this.isHeld) this.#hand.closed(this);
  }

  /** Its words are in view. */
  looked() {
    this.unread.value = false;
  }

  /**
   * This peer sits here.
   * @param {Room} room
   */
  joined(room) {
    this.#room = room;
    const own = hex(room.seat);
    const names = (/** @type {string} */ seat) => this.colleagues.alias(seat);
    this.ours = new Ours({ own, say: (kind, fields) => this.#say(kind, fields), names });
    this.#timeline.value = new Timeline({ own, names, stones: (seat) => this.colleagues.stone(seat) });
    batch(() => {
      this.stage.value = "talking";
      this.#judge();
    });
  }

  /**
   * Something happened here.
   * @param {Event} event
   */
  heard(event) {
    const timeline = this.#timeline.value;
    switch (event.type) {
      case "said":
        timeline?.said(event.received);
        this.ours?.said(event.received, this.caughtUp);
        this.#noticed(event.received);
        break;
      case "delivered":
        timeline?.delivered(event.key, event.seq);
        break;
      case "undelivered":
        timeline?.stands(event.key, "failed");
        this.ours?.refused(event.key);
        this.trouble.value = event.code;
        break;
      case "trouble":
        this.trouble.value = event.code;
        break;
      case "older-copy":
        this.ours?.cut(event.seq);
        this.trouble.value = "older-copy";
        break;
      case "moved":
        void this.#learn();
        break;
      case "presence":
        if (event.seat === CLIENT) this.client.value = event.state;
        break;
    }
    this.#judge();
  }

  /** The line is lost: whether the client is there cannot be told from here. */
  offline() {
    this.client.value = "unknown";
    this.#caughtUp ||= this.#room !== null;
  }

  /** This peer sits here no longer, and did not leave by itself. */
  lostSeat() {
    if (!this.isHeld) return;
    const state = this.#room?.state;
    const goesOn = state === "talking" && this.colleagues.here.value.length > 0;
    this.#stop(state === "resting" || state === "closed" ? state : goesOn ? "left" : "gone");
  }

  /**
   * @param {string} kind
   * @param {import("../../crypto/body.js").Fields} [fields]
   * @returns {string | null} its key; null where this peer has no say here now
   */
  #say(kind, fields = {}) {
    return this.#room && this.mayWrite.value ? this.#hand.peer.say(this.#room, { kind, fields }) : null;
  }

  #sayWriting() {
    return this.#room !== null && this.mayWrite.value && this.#hand.peer.sayWriting(this.#room);
  }

  /** @param {Stage} stage */
  #stop(stage) {
    batch(() => {
      this.stage.value = stage;
      this.client.value = "unknown";
      this.colleagues.left();
      this.#judge();
    });
  }

  #judge() {
    this.mayWrite.value = this.stage.value === "talking" && (this.#room?.mayWrite ?? false);
  }

  /** @param {import("../../crypto/receiver.js").Received | import("../../crypto/receiver.js").Unread} received */
  #noticed(received) {
    const isNew = this.#caughtUp;
    this.#caughtUp ||= this.#room?.caughtUp ?? false;
    if (hex(received.seat) !== CLIENT) return;
    if ("body" in received) this.#signs.said(received);
    if (!(isNew || this.#caughtUp)) return;
    // A page without a socket shows only by what it sends.
    if (this.client.value === "unknown") this.client.value = "here";
    const kind = "body" in received ? received.body?.kind : undefined;
    if (kind && (isShown(kind) || kind === "ours") && !this.#hand.inView(this)) this.unread.value = true;
  }

  async #learn() {
    if (this.#room && (await this.colleagues.learn(this.#room))) this.#timeline.value?.renamed();
  }

  /** Gives what waits for the line a moment to go out. */
  async #lastWords() {
    if (this.#room && this.#hand.peer.line.up) await this.#hand.peer.flush(this.#room, LAST_WORDS);
  }

  /** Leaves the room: asked for once in any case, since the pass is still good, then again while somebody is signed in. */
  async #releaseAtLast() {
    const { peer, session } = this.#hand;
    for (let tries = 0; tries === 0 || session.isOpen; tries++) {
      try {
        await peer.release(this.#id);
        this.trouble.value = null;
        return;
      } catch (error) {
        const code = codeOf(error);
        if (["unknown", "closed"].includes(code)) return;
        this.trouble.value = code;
        await peer.clock.sleep(backoff(tries, Math.random()));
      }
    }
  }
}

/** Whether a row is of the client, in the room, and without a nod. @param {Row} row */
export const mayNod = ({ from, fromClient, kind, seq, nodded }) => from === "them" && fromClient && isShown(kind) && seq !== null && !nodded;
