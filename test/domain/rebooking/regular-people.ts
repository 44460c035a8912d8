import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { rows } from "../../harness/rows.ts";
import type { TestDatabase } from "../../harness/test-database.ts";
import { dayMs, monday, type RemindedClinic, remindedClinics, shifted } from "../reminders/reminded-clinic.ts";

export function regularPeople(database: TestDatabase) {
  const { db } = database;
  const { office } = remindedClinics(database);
  /** Somebody comes there three times, at 14:00 on Tuesdays, or as many days later. */
  const comeOften = async ({ own, clinic }: RemindedClinic, contactId: number, days = 0) => {
    for (const weeks of [12, 8, 4])
      await bookAppointment(own, {
        ...clinic,
        contactId,
        startsAt: shifted(monday, (days + 1 - (weeks + 13) * 7) * dayMs + 4 * 3_600_000),
        status: "completed",
      });
  };
  /** A clinic with somebody who came often. */
  const regular = async () => {
    const one = await office();
    await comeOften(one, one.contactId);
    return one;
  };
  const closeWindow = ({ companyId }: RemindedClinic) =>
    rows(
      db,
      `update conversations set window_expires_at = now() - interval '1 minute' where company_id = ${companyId}`,
    );
  return { comeOften, regular, closeWindow };
}
