import type { Ctx } from "../context.ts";
import { type Calendar, loadCalendars } from "./load-calendars.ts";
import type { OfferedBy } from "./load-offer.ts";
import type { Span } from "./working-spans.ts";

const dayMs = 86_400_000;
/** Windows end on multiples of this, so that tomorrow's searches fall into the same. */
const stepMs = 16 * dayMs;
/** Longer ones are not kept together: who looks at next year and who looks at this week take turns then. */
const longestMs = 8 * stepMs;
/** Of a full calendar's month 8 kB each. */
const mostKept = 1_000;

/**
 * The calendars of these providers for at least this range. What was read once is kept for as long as the provider's token, which the
 * caller has just read, is the same: whatever changes a calendar changes the token in its transaction, so this is what a reading at
 * that moment would give, whichever process wrote last.
 */
export async function calendarsOf(ctx: Ctx, providers: OfferedBy[], range: Span): Promise<Calendar[]> {
  const kept = keptOf(ctx);
  const found = providers.map(({ id, token }) => {
    const calendar = kept.get(keyOf(ctx, id));
    return calendar?.token === token && covers(calendar.window, range) ? calendar : undefined;
  });
  const missing = providers.filter((_provider, index) => found[index] === undefined).map(({ id }) => id);
  if (missing.length === 0) return found.filter((calendar) => calendar !== undefined);
  const loaded = await loadCalendars(ctx, missing, windowFor(ctx, providers, range));
  for (const calendar of loaded) keep(kept, keyOf(ctx, calendar.id), calendar);
  const byId = new Map(loaded.map((calendar) => [calendar.id, calendar]));
  return providers.flatMap(({ id }, index) => found[index] ?? byId.get(id) ?? []);
}

type Kept = Map<string, Calendar>;

// A transaction has a connection of its own and sees its own writes, so it shares with nobody.
const keptBy = new WeakMap<Ctx["db"], Kept>();

function keptOf({ db }: Ctx): Kept {
  const kept = keptBy.get(db) ?? new Map<string, Calendar>();
  keptBy.set(db, kept);
  return kept;
}

// The one that was read longest ago goes first.
function keep(kept: Kept, key: string, calendar: Calendar): void {
  kept.delete(key);
  kept.set(key, calendar);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}

function keyOf({ companyId }: Ctx, providerId: number): string {
  return `${companyId} ${providerId}`;
}

function covers(window: Span, { from, to }: Span): boolean {
  return window.from <= from && to <= window.to;
}

// With what is known of those of the same token: whoever looks at this week and whoever looks at this month share one window.
function windowFor(ctx: Ctx, providers: OfferedBy[], range: Span): Span {
  const kept = keptOf(ctx);
  const window = { from: Math.floor(range.from / dayMs) * dayMs, to: Math.ceil(range.to / stepMs) * stepMs };
  for (const { id, token } of providers) {
    const known = kept.get(keyOf(ctx, id));
    if (known?.token !== token) continue;
    const both = { from: Math.min(window.from, known.window.from), to: Math.max(window.to, known.window.to) };
    if (both.to - both.from <= longestMs) Object.assign(window, both);
  }
  return window;
}
