// What happens at this end, in the order it happened: an engine hears it and shows it.

/** @typedef {import("../crypto/receiver.js").Received} Received */
/** @typedef {import("../crypto/receiver.js").Unread} Unread */
/** @typedef {import("../crypto/directory.js").Member} Member */
/** @typedef {import("./answers.js").State} State */
/** @typedef {import("./answers.js").WaitState} WaitState */

/**
 * room is the room's id in hex, as are seats.
 *
 * said: a verified message from any seat, or one whose place is verified but that does not open (`Unread`); key is that of `Room.say` where
 *   it went out from here. One that was emptied comes again, and all of them where another store is read anew.
 * delivered: a message of ours is on the server's disk as number seq (its word; `said` is the proof).
 * undelivered: a message of ours was refused for good; `Room.retry` sends it again.
 * moved: the room is in another state, has other seats, a seat's peer is paused or not any more, or other people are asked in.
 * trouble: something does not verify, or an own act was refused: a code of docs/protocol.md, 16. `Room.broken` says
 *   whether nothing more is sent in this room.
 * older-copy: the service went back to an older copy: the words after message seq are no longer there.
 * presence: a seat's page is here, lost its line, or left. writing: the peer is writing a longer reply.
 * offer: somebody is offered to this peer, or nobody any more. availability: what the service has of this peer now.
 * asked: a colleague would bring this peer into a room, or does not any more.
 * online: the connection is there, or is not: it comes back by itself. slow: the server takes long to answer.
 *
 * @typedef {{ type: "said", room: string, received: Received | Unread, key: string | null }
 *   | { type: "delivered", room: string, key: string, seq: number }
 *   | { type: "undelivered", room: string, key: string, code: string }
 *   | { type: "moved", room: string, state: State }
 *   | { type: "trouble", room: string, code: string }
 *   | { type: "older-copy", room: string, seq: number }} RoomEvent what a Room tells
 * @typedef {RoomEvent
 *   | { type: "presence", room: string, seat: string, state: "here" | "lost" | "left" }
 *   | { type: "writing", room: string }
 *   | { type: "online", up: boolean }
 *   | { type: "slow", slow: boolean }
 *   | { type: "signed-out" }} ParticipantEvent what a client and a peer have in common
 * @typedef {{ type: "wait", room: string, wait: WaitState }
 *   | { type: "met", room: string, member: Member }
 *   | { type: "seat-asked", room: string, member: Member }} ClientEvent
 * @typedef {{ type: "queue" } | { type: "joined", room: string } | { type: "seat-gone", room: string }
 *   | { type: "offer" } | { type: "availability", now: import("./answers.js").Availability }
 *   | { type: "asked", asked: import("./answers.js").Asked }} StaffEvent
 * @typedef {ParticipantEvent | ClientEvent | StaffEvent} Event
 */

export {};
