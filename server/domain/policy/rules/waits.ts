import type { SendObstacle } from "../send-decision.ts";
import { inWords } from "../time/local-time.ts";
import { quietUntil } from "../time/quiet-hours.ts";
import { zoneOfCountry } from "../time/zone-of-country.ts";
import { mailAccountWait } from "./mail-rules.ts";
import { pairBorrowMs, pairWords } from "./pair-limit.ts";
import { isMail, isMarketing, type Known } from "./situation.ts";

export type Wait = { obstacle: SendObstacle; at: Date; reason: string };

const dayMs = 86_400_000;

/** What holds a message up that is allowed: the last of all waits, moved out of the person's quiet hours. */
export function waitFor(known: Known): Wait | null {
  const own = isMail(known) ? [mailAccountWait(known)] : [tier(known), frequency(known), pair(known)];
  const waits = [numberPause(known), marketingCap(known), ...own].filter((wait) => wait !== null);
  const last = waits.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
  const quiet = quietHours(known, last?.at ?? known.now);
  return quiet ?? last;
}

function numberPause({ channel, facts, now }: Known): Wait | null {
  const { pausedUntil, pauseReason } = channel;
  if (!pausedUntil || pausedUntil <= now) return null;
  // A pause without an end ("infinity" in the table) is looked at again every quarter of an hour.
  const at = Number.isFinite(pausedUntil.getTime()) ? pausedUntil : new Date(now.getTime() + 15 * 60_000);
  const why = pauseReason ? `: ${pauseReason.replace(/\.$/, "")}` : "";
  return {
    obstacle: "number_paused",
    at,
    reason: `“${channel.name}” pauses${why}. Goes on ${inWords(at, facts.timeZone, now)}.`,
  };
}

function tier({ channel, facts, startsConversation, now }: Known): Wait | null {
  const { tierLimit, tierUsed, tierFreeAt } = channel;
  if (tierLimit === null || !startsConversation || facts.history.inTier || tierUsed < tierLimit) return null;
  const place = Math.min(tierUsed - tierLimit, tierFreeAt.length - 1);
  const at = tierFreeAt[place] ?? new Date(now.getTime() + dayMs);
  return {
    obstacle: "tier_reached",
    at: at > now ? at : new Date(now.getTime() + 60_000),
    reason: `WhatsApp lets you start conversations with ${tierLimit.toLocaleString("en")} people in 24 hours, and that many were written to. A place is free ${inWords(at, facts.timeZone, now)}.`,
  };
}

function frequency({ facts, startsConversation, purpose, now }: Known): Wait | null {
  // A code that somebody is waiting for is no bother.
  if (!startsConversation || purpose === "authentication") return null;
  const cap = facts.settings.businessInitiatedPerDay;
  const at = freeAgain(facts.history.initiatedAt, cap, dayMs, now);
  if (!at) return null;
  return {
    obstacle: "frequency_cap",
    at,
    reason: `This person got ${cap} messages in 24 hours without having written. The next may go ${inWords(at, facts.timeZone, now)}.`,
  };
}

function marketingCap(known: Known): Wait | null {
  const { facts, now } = known;
  if (!isMarketing(known)) return null;
  const cap = facts.settings.marketingPerWeek;
  const at = freeAgain(facts.history.marketingAt, cap, 7 * dayMs, now);
  if (!at) return null;
  return {
    obstacle: "marketing_cap",
    at,
    reason: `Your settings allow ${cap} marketing messages per person in 7 days. The next may go ${inWords(at, facts.timeZone, now)}.`,
  };
}

function pair({ facts, now }: Known): Wait | null {
  const at = facts.pairFreeAt && new Date(facts.pairFreeAt.getTime() - pairBorrowMs);
  if (!at || at <= now) return null;
  return {
    obstacle: "pair_rate",
    at,
    reason: pairWords(at, facts.timeZone),
  };
}

/** When fewer than `cap` of these times lie within the span before it; null: now. */
function freeAgain(times: Date[], cap: number, spanMs: number, now: Date): Date | null {
  if (cap === 0) return new Date(now.getTime() + spanMs);
  const within = times
    .filter((at) => at.getTime() > now.getTime() - spanMs)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const leaving = within[within.length - cap];
  return leaving ? new Date(leaving.getTime() + spanMs) : null;
}

function quietHours(known: Known, at: Date): Wait | null {
  const { facts, person, startsConversation, wanted, purpose, now } = known;
  const byMachine = wanted.origin === "bot" || wanted.origin === "campaign" || wanted.origin === "system";
  const comesUnasked = startsConversation || isMail(known);
  if (!comesUnasked || purpose === "authentication" || !(isMarketing(known) || byMachine)) return null;
  const zone = zoneOfCountry(person.country) ?? facts.timeZone;
  const until = quietUntil(at, zone, facts.settings);
  return (
    until && {
      obstacle: "quiet_hours",
      at: until,
      reason: `It is quiet time where this person lives. Goes out ${inWords(until, zone, now)}.`,
    }
  );
}
