import { pairBorrowMs, pairIntervalMs, pairLimit, pairWords } from "../policy/rules/pair-limit.ts";

export type WaitFacts = {
  nextAttemptAt: string;
  /** As the outbox wrote it when it put the message off. */
  waitingReason: string | null;
  dueSince: string;
  perSecond: number | null;
  pauseReason: string | null;
  pausedUntil: string | null;
  pairFreeAt: string | null;
  /** Those of the conversation that leave before it. */
  ahead: number;
  reasonAhead: string | null;
  aheadAt: string | null;
};

/** `reason` is null while nothing holds it up that anybody would notice. */
export type WaitInWords = { reason: string | null; at: string };

const noticedMs = 2_000;

/** Why a message waits, and when it goes: the number's pause, the pair's rate, what the outbox noted, those before it, the number's rate. */
export function waitInWords(facts: WaitFacts, { now, timeZone }: { now: Date; timeZone: string }): WaitInWords {
  const { nextAttemptAt, waitingReason, pauseReason, pausedUntil } = facts;
  if (pauseReason !== null) return { reason: pauseReason, at: latest(nextAttemptAt, pausedUntil) };
  const pairAt = pairTurn(facts);
  const isPair = waitingReason === null || waitingReason.startsWith(pairLimit);
  if (isPair && pairAt.getTime() > now.getTime() + noticedMs)
    return { reason: pairWords(pairAt, timeZone), at: pairAt.toISOString() };
  // What it waited for is over: only its turn is left.
  const stillHolds = Date.parse(nextAttemptAt) > now.getTime() - noticedMs;
  if (waitingReason !== null && stillHolds) return { reason: waitingReason, at: nextAttemptAt };
  return behind(facts, now);
}

function behind(
  { ahead, aheadAt, reasonAhead, nextAttemptAt, dueSince, perSecond }: WaitFacts,
  now: Date,
): WaitInWords {
  const at = latest(nextAttemptAt, ahead > 0 ? aheadAt : null);
  const isNoticed = now.getTime() - Date.parse(dueSince) > noticedMs || Date.parse(at) - now.getTime() > noticedMs;
  if (!isNoticed) return { reason: null, at };
  if (ahead > 0) {
    const why = reasonAhead === null ? "" : ` That one waits: ${reasonAhead}`;
    return { reason: `It leaves after the message before it, so that they arrive in order.${why}`, at };
  }
  const rate = perSecond ?? 80;
  return { reason: `This number sends at most ${rate} messages a second; this one waits its turn.`, at };
}

/** When its pair lets it go, after those before it. */
function pairTurn({ pairFreeAt, ahead, nextAttemptAt }: WaitFacts): Date {
  if (pairFreeAt === null) return new Date(0);
  const turn = Date.parse(pairFreeAt) - pairBorrowMs + ahead * pairIntervalMs;
  return new Date(ahead > 0 ? turn : Math.max(turn, Date.parse(nextAttemptAt)));
}

function latest(one: string, other: string | null): string {
  return other !== null && Date.parse(other) > Date.parse(one) ? other : one;
}
