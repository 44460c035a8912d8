import type { Appointment } from "../../../shared/v1/appointment.ts";
import type { CustomerRecord } from "../../../shared/v1/customer.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { calendarDay, placeTime } from "../../lib/format-time.ts";
import { dueWords } from "./customer-words.ts";
import classes from "./record-figures.module.css";

type Props = { record: CustomerRecord; visits: Appointment[] | undefined };

/** What a person's visits come to. */
export function RecordFigures({ record, visits }: Props) {
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
      <Figure label="Next visit" value={nextVisit(record, visits)} />
      <Figure label="Expected again" value={expected(record)} />
      <Figure label="Loyalty" value={`${record.loyalty_points} points · ${record.loyalty_tier}`} />
    </dl>
  );
}

/** On the same clock as in the list of visits; empty until that is there. */
function nextVisit({ next_appointment_at: at }: CustomerRecord, visits: Appointment[] | undefined): string {
  if (at === null) return "none booked";
  const visit = visits?.find(({ starts_at: startsAt }) => startsAt === at);
  return visit ? placeTime(at, visit.location.time_zone) : "";
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
