import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  acceptDirectory,
  directoryHash,
  directoryPayload,
  knowsDirectory,
  memberOf,
  parseDirectory,
  readSignedDirectory,
  signDirectory,
} from "../js/crypto/directory.js";
import { b64u, utf8 } from "../js/crypto/encoding.js";
import { kidOf } from "../js/crypto/ids.js";
import { generateKey } from "../js/crypto/keys.js";
import { filled, flipped, refused } from "./cast.js";

const DAY = 86_400;
const NOW = 1_795_000_000;
const [ROOT, STRANGER, MARA, TEAM] = await Promise.all([generateKey(), generateKey(), generateKey(), generateKey()]);
const INSTANCE = filled(16, 1);
const KNOWN = { instance: INSTANCE, serial: 7, now: NOW };
const maraKid = await kidOf(MARA.pub);
const PROFILE = { alias: "Mara", stone: "moss", line: "I listen.", languages: ["en"], topics: ["grief"], lived: [] };
const ENTRY = { kid: b64u(maraKid), pub: b64u(MARA.pub), roles: ["peer"], profile: PROFILE };
const team = { suite: 1, epoch: 2, pub: b64u(TEAM.pub), members: [b64u(maraKid)] };
const PAYLOAD = {
  v: 1,
  instance: b64u(INSTANCE),
  serial: 7,
  issued: NOW - DAY,
  expires: NOW + 34 * DAY,
  earlier: [b64u(filled(32, 5))],
  teams: { peer: team, moderation: team, root: team },
  staff: [ENTRY],
};

/** @param {Record<string, unknown>} [change] */
const payload = (change = {}) => utf8(JSON.stringify({ ...PAYLOAD, ...change }));

/** @param {import("../js/crypto/encoding.js").Bytes} bytes @param {typeof ROOT} [signer] */
const signed = async (bytes, signer = ROOT) => ({
  payload: bytes,
  sigs: [{ kid: await kidOf(signer.pub), sig: await signDirectory(signer.pkcs8, bytes) }],
});

test("a directory that a pinned root signed is accepted and read", async () => {
  const directory = await acceptDirectory(await signed(payload()), [STRANGER.pub, ROOT.pub], KNOWN);
  assert.equal(directory.serial, 7);
  assert.deepEqual(directory.teams.peer, { epoch: 2, pub: TEAM.pub, members: [maraKid] });
  assert.deepEqual(memberOf(directory, maraKid)?.profile, PROFILE);
  assert.equal(memberOf(directory, filled(16, 9)), undefined);
});

describe("a directory is refused", () => {
  test("dir_signature: signed by nobody who is pinned", async () => {
    const [honest, foreign] = [await signed(payload()), await signed(payload(), STRANGER)];
    await refused(acceptDirectory(foreign, [ROOT.pub], KNOWN), "dir_signature");
    await refused(acceptDirectory({ ...honest, sigs: [] }, [ROOT.pub], KNOWN), "dir_signature");
    await refused(acceptDirectory(honest, [], KNOWN), "dir_signature");
    const posing = { ...foreign, sigs: foreign.sigs.map(({ sig }) => ({ kid: honest.sigs[0]?.kid ?? sig, sig })) };
    await refused(acceptDirectory(posing, [ROOT.pub], KNOWN), "dir_signature");
    const unnamed = { ...honest, sigs: honest.sigs.map(({ sig }) => ({ kid: filled(16, 9), sig })) };
    await refused(acceptDirectory(unnamed, [ROOT.pub], KNOWN), "dir_signature");
    await acceptDirectory({ ...honest, sigs: [...foreign.sigs, ...honest.sigs] }, [ROOT.pub], KNOWN);
  });

  test("dir_signature: changed after signing", async () => {
    const honest = await signed(payload());
    await refused(acceptDirectory({ ...honest, payload: flipped(honest.payload, 30) }, [ROOT.pub], KNOWN), "dir_signature");
    const sigs = honest.sigs.map(({ kid, sig }) => ({ kid, sig: flipped(sig, 9) }));
    await refused(acceptDirectory({ ...honest, sigs }, [ROOT.pub], KNOWN), "dir_signature");
  });

  test("dir_signature: of another instance, once ours is known", async () => {
    const other = await signed(payload({ instance: b64u(filled(16, 2)) }));
    await refused(acceptDirectory(other, [ROOT.pub], KNOWN), "dir_signature");
    await acceptDirectory(other, [ROOT.pub], { ...KNOWN, instance: null });
  });

  test("dir_expired: more than a day past its end", async () => {
    const directory = await signed(payload());
    const end = PAYLOAD.expires + DAY;
    await acceptDirectory(directory, [ROOT.pub], { ...KNOWN, now: end });
    await refused(acceptDirectory(directory, [ROOT.pub], { ...KNOWN, now: end + 1 }), "dir_expired");
  });

  test("dir_rollback: a serial below the last seen", async () => {
    const directory = await signed(payload());
    await acceptDirectory(directory, [ROOT.pub], { ...KNOWN, serial: 7 });
    await refused(acceptDirectory(directory, [ROOT.pub], { ...KNOWN, serial: 8 }), "dir_rollback");
  });
});

describe("a payload is malformed", () => {
  const wrongTeam = (/** @type {object} */ change) => ({ teams: { ...PAYLOAD.teams, peer: { ...team, ...change } } });
  const wrongStaff = (/** @type {object} */ change) => ({ staff: [{ ...ENTRY, ...change }] });
  /** @type {[string, Record<string, unknown>][]} */
  const CASES = [
    ["of another version", { v: 2 }],
    ["without an instance", { instance: undefined }],
    ["with a serial of zero", { serial: 0 }],
    ["with a serial in words", { serial: "7" }],
    ["good for more than 35 days", { expires: PAYLOAD.issued + 35 * DAY + 1 }],
    ["that ends before it begins", { expires: PAYLOAD.issued }],
    ["with half a hash", { earlier: ["AAAA"] }],
    ["without one of the teams", { teams: { peer: team, root: team } }],
    ["of an unknown suite", wrongTeam({ suite: 2 })],
    ["with a team of epoch zero", wrongTeam({ epoch: 0 })],
    ["with a compressed point", wrongTeam({ pub: b64u(TEAM.pub.with(0, 2)) })],
    ["with a member who is not staff", wrongTeam({ members: [b64u(filled(16, 9))] })],
    ["with a member twice", wrongTeam({ members: [b64u(maraKid), b64u(maraKid)] })],
    ["with a kid that is not the key's", wrongStaff({ kid: b64u(filled(16, 9)) })],
    ["with someone twice", { staff: [ENTRY, ENTRY] }],
    ["with an unknown role", wrongStaff({ roles: ["owner"] })],
    ["with someone without a role", wrongStaff({ roles: [] })],
    ["with an alias that is no text", wrongStaff({ profile: { ...PROFILE, alias: 1 } })],
    ["with an alias of two lines", wrongStaff({ profile: { ...PROFILE, alias: "a\nb" } })],
    ["with topics that are no list", wrongStaff({ profile: { ...PROFILE, topics: "grief" } })],
  ];
  for (const [what, change] of CASES) {
    test(what, async () => {
      await parseDirectory(payload());
      await refused(parseDirectory(payload(change)), "malformed");
    });
  }

  test("unless only a field of a later version was added", async () => {
    assert.equal((await parseDirectory(payload({ witness: "AAAA" }))).serial, 7);
  });
});

test("a directory is written as both languages write it: read and written again, not a byte changes", async () => {
  assert.deepEqual(directoryPayload(await parseDirectory(payload())), payload());
});

test("a signed directory is read from JSON, and from nothing else", async () => {
  const { payload: bytes, sigs } = await signed(payload());
  const json = { payload: b64u(bytes), sigs: sigs.map(({ kid, sig }) => ({ kid: b64u(kid), sig: b64u(sig) })) };
  assert.deepEqual(readSignedDirectory(json), { payload: bytes, sigs });
  for (const wrong of [null, [], {}, { ...json, payload: 1 }, { ...json, sigs: {} }, { ...json, sigs: [1] }, { ...json, sigs: [{ kid: "AA", sig: "AA" }] }, { ...json, sigs: Array(17).fill(json.sigs[0]) }]) {
    await refused(() => readSignedDirectory(wrong), "malformed");
  }
});

test("the hash inside a seal is known where it is ours or one we replaced", async () => {
  const directory = await parseDirectory(payload());
  assert.equal(knowsDirectory(directory, await directoryHash(payload())), true);
  assert.equal(knowsDirectory(directory, filled(32, 5)), true);
  assert.equal(knowsDirectory(directory, filled(32, 6)), false);
});
