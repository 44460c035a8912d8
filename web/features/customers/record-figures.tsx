import type { Appointment } from "../../../shared/v1/appointment.ts";
import type { CustomerRecord } from "../../../shared/v1/customer.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { calendarDay } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { dueWords, nextVisitWords } from "./customer-words.ts";
import classes from "./record-figures.module.css";

type Props = {
  record: CustomerRecord;
  /** Absent until they are there or could not be had. */
  visits: Appointment[] | undefined;
};

/** What a person's visits come to. */
export function RecordFigures({ record, visits }: Props) {
  const now = useNow(60_000);
  const currency = visits?.[0]?.currency ?? "USD";
  const { cancelled_appointments: cancelled, missed_appointments: missed } = record;
  return (
    <dl className={classes.figures}>
      <Figure label="Lifetime value" value={formatMoney(record.lifetime_value, currency)} />
      <Figure label="Visits completed" value={`${record.completed_appointments} of ${record.total_appointments}`} />
      <Figure label="Cancelled" value={String(cancelled)} />
      <Figure label="Did not come" value={String(missed)} />
      <Figure
        label="Comes about every"
        value={
          record.average_days_between_visits === null ? "not known yet" : `${record.average_days_between_visits} days`
        }
      />
      <Figure label="Next visit" value={nextVisitWords(record, visits, now)} />
      <Figure label="Expected again" value={expected(record)} />
      <Figure label="Loyalty" value={`${record.loyalty_points} points · ${record.loyalty_tier}`} />
    </dl>
  );
}

function expected({ rhythm, expected_next_visit_on: on }: CustomerRecord): string {
  if (rhythm) return dueWords(rhythm).replace(/^Due /, "");
  return on === null ? "not known yet" : calendarDay(on);
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
