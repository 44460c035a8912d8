export type PlainVisit = { startsAt: number; status: string; amount: number };

const dayMs = 86_400_000;

/** The contract's formulas once more, in another language than the product's. */
export function recount(visits: PlainVisit[]) {
  const completed = visits.filter(({ status }) => status === "completed").toSorted((a, b) => a.startsAt - b.startsAt);
  const count = (status: string) => visits.filter((visit) => visit.status === status).length;
  const first = completed[0]?.startsAt;
  const last = completed.at(-1)?.startsAt;
  const n = completed.length;
  const repeats = n >= 2 && first !== undefined && last !== undefined;
  const average = repeats ? Math.round((last - first) / dayMs / (n - 1)) : null;
  return {
    appointmentsTotal: visits.length,
    appointmentsCompleted: n,
    appointmentsCancelled: count("cancelled"),
    appointmentsMissed: count("no_show"),
    lifetimeValue: completed.reduce((sum, { amount }) => sum + amount, 0),
    firstVisitAt: textOf(first),
    lastVisitAt: textOf(last),
    averageGapDays: average,
    expectedNextVisitOn:
      average === null || last === undefined ? null : new Date(last + average * dayMs).toISOString().slice(0, 10),
    medianGapDays: medianGap(completed),
  };
}

function medianGap(completed: PlainVisit[]): number | null {
  const gaps = completed
    .slice(1)
    .map(({ startsAt }, index) => (startsAt - (completed[index]?.startsAt ?? 0)) / dayMs)
    .toSorted((a, b) => a - b);
  if (gaps.length === 0) return null;
  const middle = (gaps.length - 1) / 2;
  const median = ((gaps[Math.floor(middle)] ?? 0) + (gaps[Math.ceil(middle)] ?? 0)) / 2;
  return median;
}

function textOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString().replace(".000Z", "Z");
}
