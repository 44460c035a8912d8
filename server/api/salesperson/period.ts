import { invalid } from "../../domain/domain-error.ts";
import { instantOf } from "../../domain/instant.ts";

const dayMs = 86_400_000;

/** From the beginning of `startDate` to the end of `endDate`; a time means that very moment. */
export function periodOf({ startDate, endDate }: { startDate?: string; endDate?: string }): {
  from?: string;
  to?: string;
} {
  const from = startDate ? instantOf("startDate", startDate) : undefined;
  const to = endDate ? endOf(endDate) : undefined;
  if (from !== undefined && to !== undefined && to <= from)
    throw invalid("endDate", "endDate must not lie before startDate");
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The first moment that is not meant any more. */
function endOf(endDate: string): string {
  const at = Date.parse(instantOf("endDate", endDate));
  const isDay = /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(endDate);
  return instantOf("endDate", new Date(at + (isDay ? dayMs : 1)));
}

/** The same in whole days, as the figures are counted. */
export function daysOf({ startDate, endDate }: { startDate?: string; endDate?: string }): {
  from?: string;
  to?: string;
} {
  const from = startDate ? instantOf("startDate", startDate).slice(0, 10) : undefined;
  const to = endDate ? instantOf("endDate", endDate).slice(0, 10) : undefined;
  if (from !== undefined && to !== undefined && to < from)
    throw invalid("endDate", "endDate must not lie before startDate");
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
