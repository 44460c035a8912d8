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
 * that moment would give, whichever process wrote last. Of many who ask at once, one reads what is missing.
 */
export async function calendarsOf(ctx: Ctx, providers: OfferedBy[], range: Span): Promise<Calendar[]> {
  const memory = memoryOf(ctx);
  const asked = ++clock;
  const good = ({ id, token }: OfferedBy): Calendar | undefined => {
    const { calendar, begun = 0 } = memory.kept.get(keyOf(ctx, id)) ?? {};
    // What was begun to be read after the caller's token was is no older than it.
    const isCurrent = calendar?.token === token || begun > asked;
    return calendar && isCurrent && covers(calendar.window, range) ? calendar : undefined;
  };
  // Once more, because of those who waited together the first one may be reading again.
  for (let round = 0; round < 2; round += 1) {
    const missing = providers.filter((provider) => !good(provider));
    const readings = new Set(missing.flatMap(({ id }) => memory.underWay.get(keyOf(ctx, id)) ?? []));
    if (readings.size > 0) await Promise.allSettled(readings);
  }
  const found = new Map(providers.map((provider) => [provider.id, good(provider)]));
  const missing = providers.filter(({ id }) => !found.get(id));
  if (missing.length > 0)
    for (const calendar of await readAndKeep(ctx, missing, windowFor(ctx, providers, range)))
      found.set(calendar.id, calendar);
  return [...found.values()].filter((calendar) => calendar !== undefined);
}

/** Under way from the moment it is called. */
async function readAndKeep(ctx: Ctx, missing: OfferedBy[], window: Span): Promise<Calendar[]> {
  const { kept, underWay } = memoryOf(ctx);
  const begun = ++clock;
  const ids = missing.map(({ id }) => id);
  const reading = loadCalendars(ctx, ids, window).then((calendars) => {
    for (const calendar of calendars) keep(kept, keyOf(ctx, calendar.id), { calendar, begun });
    return calendars;
  });
  for (const id of ids) underWay.set(keyOf(ctx, id), reading);
  try {
    return await reading;
  } finally {
    for (const id of ids) if (underWay.get(keyOf(ctx, id)) === reading) underWay.delete(keyOf(ctx, id));
  }
}

/** Counts what was asked and begun, so that one can be told to be before the other. */
let clock = 0;

type Reading = { calendar: Calendar; begun: number };
type Memory = { kept: Map<string, Reading>; underWay: Map<string, Promise<Calendar[]>> };

// A transaction has a connection of its own and sees its own writes, so it shares with nobody.
const memories = new WeakMap<Ctx["db"], Memory>();

function memoryOf({ db }: Ctx): Memory {
  const memory = memories.get(db) ?? { kept: new Map(), underWay: new Map() };
  memories.set(db, memory);
  return memory;
}

// The one that was read longest ago goes first.
function keep(kept: Memory["kept"], key: string, reading: Reading): void {
  kept.delete(key);
  kept.set(key, reading);
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
  const { kept } = memoryOf(ctx);
  const window = { from: Math.floor(range.from / dayMs) * dayMs, to: Math.ceil(range.to / stepMs) * stepMs };
  for (const { id, token } of providers) {
    const known = kept.get(keyOf(ctx, id))?.calendar;
    if (known?.token !== token) continue;
    const both = { from: Math.min(window.from, known.window.from), to: Math.max(window.to, known.window.to) };
    if (both.to - both.from <= longestMs) Object.assign(window, both);
  }
  return window;
}
