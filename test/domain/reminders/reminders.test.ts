import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  reopenAppointment,
} from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { dispatchReminders } from "../../../server/domain/reminders/dispatch-reminders.ts";
import { updateReminderSettings } from "../../../server/domain/reminders/update-reminder-settings.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { dayMs, monday, remindedClinics, shifted } from "./reminded-clinic.ts";

const database = await testDatabase();
const { db, ctx } = database;
const { office, book, remindAt, reminders, outgoing } = remindedClinics(database);

const hour = 3_600_000;
const ahead = (ms: number) => new Date(monday.getTime() - ms);

describe("the reminders of a visit", () => {
  test("are due a day and two hours before, and follow it when it is moved, called off, taken up again or deleted", async () => {
    const one = await office();
    const visit = await book(one);
    const dues = async () => (await reminders(one)).map(({ due }) => due);
    expect(await dues()).toEqual([shifted(monday, -24 * hour), shifted(monday, -2 * hour)]);
    await rescheduleAppointment(one.own, visit.id, { startsAt: shifted(monday, dayMs) });
    expect(await dues()).toEqual([shifted(monday, 0), shifted(monday, 22 * hour)]);
    await cancelAppointment(one.own, visit.id);
    expect(await dues()).toEqual([]);
    await reopenAppointment(one.own, visit.id);
    expect(await dues()).toHaveLength(2);
    await deleteAppointment(one.own, visit.id);
    expect(await dues()).toEqual([]);
    await restoreAppointment(one.own, visit.id);
    expect(await dues()).toHaveLength(2);
    const early = ctx(one.companyId, { kind: "system" }, () => new Date(monday.getTime() + dayMs - hour / 2));
    await completeAppointment(early, visit.id);
    expect(await dues()).toEqual([]);
  });

  test("that would be late already are not written", async () => {
    const one = await office();
    await bookAppointment(
      ctx(one.companyId, { kind: "system" }, () => ahead(3 * hour)),
      {
        ...one.clinic,
        contactId: one.contactId,
        startsAt: shifted(monday, 0),
      },
    );
    expect((await reminders(one)).map(({ minutes }) => minutes)).toEqual([120]);
  });

  test("follow the settings, also for visits that are booked already", async () => {
    const one = await office();
    await book(one);
    const minutes = async () => (await reminders(one)).map((each) => each.minutes);
    await updateReminderSettings(one.own, { minutesBefore: [60, 2880, 60] });
    expect(await minutes()).toEqual([2880, 60]);
    await updateReminderSettings(one.own, { enabled: false });
    expect(await minutes()).toEqual([]);
    await updateReminderSettings(one.own, { enabled: true, minutesBefore: [120] });
    expect(await minutes()).toEqual([120]);
    await expect(updateReminderSettings(one.own, { minutesBefore: [1] })).rejects.toThrow("from 5 to 43200");
    await expect(updateReminderSettings(one.own, { templates: { en: "Not A Name" } })).rejects.toThrow(
      "templates name",
    );
  });

  test("tell the wall clock's time of the place, also across the day on which the clock changes", async () => {
    const one = await office();
    const clinic = await clinicIn(one.own, { timeZone: "Europe/Berlin" });
    // On 28 March 2027 Berlin's clock goes forward: 10:00 there is 08:00 UTC, and a day before is 09:00 on the wall.
    await bookAppointment(one.own, {
      ...clinic,
      contactId: one.contactId,
      startsAt: "2027-03-29T08:00:00Z",
      hours: "any",
    });
    expect((await reminders(one)).map(({ due }) => due)).toEqual(["2027-03-28T08:00:00Z", "2027-03-29T06:00:00Z"]);
    await remindAt(new Date("2027-03-28T08:00:00Z"));
    expect((await outgoing(one)).at(-1)?.text).toContain("Monday 29 March at 10:00");
  });
});

describe("a due reminder", () => {
  test("leaves as the approved template, with our buttons, once", async () => {
    const one = await office();
    const visit = await book(one);
    await remindAt(ahead(24 * hour));
    await remindAt(ahead(24 * hour));
    expect(await reminders(one)).toMatchObject([{ state: "queued", sent_by: "whatsapp" }, { state: "waiting" }]);
    const vendor = fakeVendor();
    await sendDue(db, vendor, () => ahead(24 * hour));
    expect(vendor.calls).toHaveLength(1);
    expect(vendor.calls[0]?.content).toMatchObject({
      type: "template",
      name: "appointment_reminder",
      components: [
        { type: "body", parameters: [{ text: "Ana" }, { text: expect.stringContaining("10:00") }] },
        { type: "button", index: 0, parameters: [{ payload: `appointment:${visit.id}:confirm` }] },
        { type: "button", index: 1, parameters: [{ payload: `appointment:${visit.id}:reschedule` }] },
      ],
    });
    const told = `events where company_id = ${one.companyId} and type = 'appointment.reminded'`;
    expect(await count(db, told)).toBe(1);
  });

  test("is sent once where two workers and a second run want it at the same moment", async () => {
    const one = await office();
    for (const hours of [0, 1, 2, 3]) await book(one, shifted(monday, hours * hour));
    const now = ahead(2 * hour);
    const run = () => dispatchReminders(db, { now, limit: 3, onError: () => {} });
    await Promise.all([run(), run(), run()]);
    while ((await run()) > 0);
    expect((await reminders(one)).filter(({ state }) => state === "queued")).toHaveLength(5);
    expect(await outgoing(one)).toHaveLength(5);
  });

  test("comes again after a crash between its claim and its message, and is sent once", async () => {
    const one = await office();
    await book(one);
    await rows(
      db,
      `create function crash() returns trigger language plpgsql as $$ begin
      if new.company_id = ${one.companyId} then raise exception 'crash'; end if; return new; end $$`,
    );
    await rows(db, "create trigger crash before insert on outbound_sends for each row execute function crash()");
    const errors: unknown[] = [];
    await remindAt(ahead(24 * hour), (error) => errors.push(error));
    await rows(db, "drop trigger crash on outbound_sends");
    expect(errors.length).toBeGreaterThan(0);
    expect(await outgoing(one)).toEqual([]);
    expect((await reminders(one))[0]).toMatchObject({ state: "waiting", due: shifted(ahead(24 * hour), 60_000) });
    await remindAt(new Date(ahead(24 * hour).getTime() + 60_000));
    expect(await outgoing(one)).toHaveLength(1);
  });

  test("is dropped once the visit has begun", async () => {
    const one = await office();
    await book(one);
    await remindAt(new Date(monday.getTime() + 1));
    expect(await reminders(one)).toMatchObject([
      { state: "dropped" },
      { state: "dropped", reason: "The visit had begun." },
    ]);
    expect(await outgoing(one)).toEqual([]);
  });

  test("that waits in the outbox is cancelled when the visit is moved", async () => {
    const one = await office();
    const visit = await book(one);
    const now = () => ahead(24 * hour);
    await remindAt(now());
    await rescheduleAppointment(ctx(one.companyId, { kind: "system" }, now), visit.id, {
      startsAt: shifted(monday, dayMs),
    });
    const vendor = fakeVendor();
    await sendDue(db, vendor, now);
    expect([vendor.calls.length, (await outgoing(one))[0]?.status]).toEqual([0, "cancelled"]);
    expect((await reminders(one)).filter(({ state }) => state === "waiting")).toHaveLength(2);
  });

  test("waits for the end of the quiet hours, or is refused where the visit would have begun by then", async () => {
    const one = await office();
    const [early, late] = [shifted(monday, -3.5 * hour), shifted(monday, -0.5 * hour)];
    for (const startsAt of [early, late])
      await bookAppointment(one.own, { ...one.clinic, contactId: one.contactId, startsAt, hours: "any" });
    await rows(
      db,
      `insert into send_settings (company_id, quiet_from, quiet_to) values (${one.companyId}, '00:00', '14:00')`,
    );
    await rows(db, `update conversations set window_expires_at = null where company_id = ${one.companyId}`);
    // In India, where the person lives, 14:00 is 08:30 UTC: after the visit at 06:30, before the one at 09:30.
    await remindAt(ahead(5.5 * hour));
    await remindAt(ahead(2.5 * hour));
    const two = (await reminders(one)).filter(({ minutes }) => minutes === 120);
    expect(two).toMatchObject([{ state: "failed", reason: expect.stringContaining("too late") }, { state: "queued" }]);
  });

  test("is told to the team in words where nobody could be reminded, once a visit", async () => {
    const one = await office();
    const userId = await memberOf(db, one.companyId, "admin");
    const contactId = await personIn(db, one.companyId, { name: "Bo Ek" });
    await bookAppointment(one.own, { ...one.clinic, contactId, startsAt: shifted(monday, 0) });
    await remindAt(ahead(24 * hour));
    await remindAt(ahead(2 * hour));
    const notices = await rows<{ title: string; body: string }>(
      db,
      `select title, body from notifications where company_id = ${one.companyId} and user_id = ${userId} and kind = 'appointment.not_reminded'`,
    );
    expect(notices).toEqual([
      {
        title: expect.stringContaining("Bo Ek could not be reminded of Botox Treatment"),
        body: "There is no WhatsApp number of this person. There is no e-mail address.",
      },
    ]);
  });
});
