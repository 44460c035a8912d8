import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { DomainError } from "../domain-error.ts";
import { foldEmail } from "./email-address.ts";
import type { Instance } from "./instance.ts";
import { type Quota, type QuotaRule, returnQuota, takeQuota } from "./take-quota.ts";

export type Attempt = {
  /** What is tried; each kind is counted apart. */
  kind: "sign-in" | "password" | "link";
  /** Where it comes from. */
  address: string;
  /** Whose account it is about, as typed. */
  account?: string;
  /** Whether one that succeeds counts too, because it has an effect of its own. */
  counts: "failures" | "all";
};

export type AttemptQuota = Quota & { name: string; windowSeconds: number };

const windowSeconds = 15 * 60;
const perAccount = 10;
const perAddress = 50;

/**
 * Lets so many attempts through for an account and for an address; those that succeed are given back. Taken before and not counted
 * afterwards, so that a thousand guesses at once are no more than ten.
 */
export async function limitedAttempt<Result>(
  instance: Instance,
  attempt: Attempt,
  onQuota: (quota: AttemptQuota) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  return inTurn(attempt, async () => {
    const rules = rulesOf(attempt);
    const now = instance.now();
    await takeAll(instance, rules, now, onQuota);
    const giveBack = () => Promise.all(rules.map((rule) => returnQuota(instance.db, rule, now)));
    try {
      const result = await work();
      if (attempt.counts === "failures") await giveBack();
      return result;
    } catch (error) {
      // What failed for a reason of ours, such as a full queue, says nothing about who tries.
      if (!isRefusal(error)) await giveBack().catch(() => {});
      throw error;
    }
  });
}

const lines = new Map<string, Promise<unknown>>();

/** One account's attempts come one after the other: many rightful ones at once must not use up the quota while they wait. */
async function inTurn<Result>(attempt: Attempt, work: () => Promise<Result>): Promise<Result> {
  if (attempt.account === undefined) return work();
  const line = `${attempt.kind} ${foldEmail(attempt.account)}`;
  const turn = (lines.get(line) ?? Promise.resolve()).then(work, work);
  lines.set(line, turn);
  try {
    return await turn;
  } finally {
    if (lines.get(line) === turn) lines.delete(line);
  }
}

async function takeAll(
  instance: Instance,
  rules: (QuotaRule & { name: string })[],
  now: Date,
  onQuota: (quota: AttemptQuota) => void,
): Promise<void> {
  for (const [index, rule] of rules.entries()) {
    const quota = await takeQuota(instance.db, rule, now);
    // The account's comes first and is the narrower one, so it is the one that is told, unless the address is used up.
    if (index === 0 || !quota.allowed) onQuota({ ...quota, name: rule.name, windowSeconds });
    if (quota.allowed) continue;
    await Promise.all(rules.slice(0, index).map((taken) => returnQuota(instance.db, taken, now)));
    const message = "Too many attempts; try again later.";
    throw new DomainError({ kind: "rate_limited", retryAfterSeconds: quota.resetSeconds, message });
  }
}

function rulesOf({ kind, account, address }: Attempt): (QuotaRule & { name: string })[] {
  const name = `${kind}-address`;
  const byAddress = { name, key: `${name} ${network(address)}`, limit: perAddress, windowSeconds };
  if (account === undefined) return [byAddress];
  // Hashed, because what is typed into a form can be anything, of any length.
  const whose = createHash("sha256").update(foldEmail(account)).digest("base64url");
  return [{ name: kind, key: `${kind} ${whose}`, limit: perAccount, windowSeconds }, byAddress];
}

/** One household or server has a whole /64 of IPv6. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes(".")) return address.replace(/^::ffff:/i, "");
  const [head = "", tail] = address.toLowerCase().split("%", 1)[0]?.split("::") ?? [];
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && error.refusal.kind !== "rate_limited";
}
