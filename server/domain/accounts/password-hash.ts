import { hash, parseOptions, verify } from "@node-rs/argon2";
import { createHashQueue } from "./hash-queue.ts";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// One hash costs 19 MB and 10 ms of a core: more than two at once would stop everything else on a small machine.
const inTurn = createHashQueue(2, 100);

/** The hash of a password nobody knows: an unknown user costs the same time as a known one. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$7OdCbVgltBVYEd9IhLOwuw$ReELPHuKT457yxuEclBDkdRWvWAYggNncM9AlVJ5GV4";

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalised(password), cost));
}

/** Whether it is the password; without a hash the answer is no, after the same work. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(() => verify(passwordHash ?? nobodysHash, normalised(password)));
  return matches && passwordHash !== null;
}

/** Whether the hash was made with other parameters than today's. */
export function needsRehash(passwordHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(passwordHash);
  return memoryCost !== cost.memoryCost || timeCost !== cost.timeCost || parallelism !== cost.parallelism;
}

/** Two keyboards may compose the same é differently. */
function normalised(password: string): string {
  return password.normalize("NFKC");
}
