// The JavaScript half of test_directories.py: a coordinator's browser founds a service, and admits somebody.
//
// Standard input: {pkcs8, profiles} in base64url and as JSON, a founder's and a newcomer's. Standard output: {root,
// instance, now, publications}, each publication as the pages post it.

import { parseDirectory } from "../../../frontend/js/crypto/directory.js";
import { b64u, unb64u } from "../../../frontend/js/crypto/encoding.js";
import { kidOf } from "../../../frontend/js/crypto/ids.js";
import { generateKey, publicOf } from "../../../frontend/js/crypto/keys.js";
import { firstDirectory, nextDirectory } from "../../../frontend/js/state/coordinator/directories.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const given = JSON.parse(Buffer.concat(chunks).toString());

const roles = ["coordinator", "moderator"];
const people = await Promise.all(given.pkcs8.map(async (pkcs8, at) => {
  const pub = await publicOf(unb64u(pkcs8));
  return { kid: await kidOf(pub), pub, roles: [roles[at]], profile: given.profiles[at] };
}));
const [now, key, instance] = [1_795_000_000, await generateKey(), new Uint8Array(16).fill(7)];
// Whoever publishes wipes the key that was lent to them.
const root = () => ({ pub: key.pub, pkcs8: key.pkcs8.slice() });
const first = await firstDirectory({ instance, now, root: root(), me: people[0] });
const before = await parseDirectory(unb64u(first.directory.payload));
const second = await nextDirectory(before, people, { root: root(), now: now + 60, serial: before.serial, hash: before.hash });
process.stdout.write(JSON.stringify({ root: b64u(key.pub), instance: b64u(instance), now, publications: [first, second] }));
