// Lengths in bytes and limits (docs/protocol.md, 2, 4, 8, 9).

export const ID = 16;
export const KEY = 32;
export const HASH = 32;
export const COM = 32;
export const PUB = 65;
export const SIGNATURE = 64;
export const GCM_TAG = 16;

export const BOX_OVERHEAD = 81;
export const KEY_LIST = 512;
export const WRAP = KEY_LIST + BOX_OVERHEAD;

export const SEAL_OVERHEAD = PUB + GCM_TAG;
export const SEAL = HASH + KEY_LIST + SEAL_OVERHEAD;
export const TEAM_KEY = 256;
export const TEAM_KEY_SEAL = TEAM_KEY + SEAL_OVERHEAD;

/** Padded plaintexts of a message; a ciphertext is one of these plus the tag. */
export const MESSAGES = [1024, 4096, 16384];

/** A room's epochs are 1 to this. */
export const EPOCHS = 15;
