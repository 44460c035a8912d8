import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { cancelAppointment } from "../../../server/domain/appointments/change-status.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { revokeFeed, rotateFeed } from "../../../server/domain/calendar/calendar-feed.ts";
import { updateRecord } from "../../../server/domain/customers/update-record.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testApp } from "../../harness/test-app.ts";

const { app, db, ctx, companyId } = await testApp();

async function provider() {
  const userId = await memberOf(db, companyId, "salesperson");
  const own = ctx(companyId, { kind: "user", userId, role: "salesperson" });
  const clinic = await clinicIn(ctx(companyId), { userId });
  const { token } = await rotateFeed(own);
  const read = (headers: Record<string, string> = {}) =>
    app.inject({ method: "GET", url: `/calendar/${token}.ics`, headers });
  const start = new Date(Date.now() + 86_400_000).toISOString();
  const contactId = await personIn(db, companyId, { name: "Zoë Ünal" });
  const book = (startsAt = start) => bookAppointment(own, { ...clinic, contactId, startsAt, hours: "any" });
  return { userId, own, clinic, contactId, token, read, book, start };
}

describe("a calendar's secret address", () => {
  test("gives the provider's visits, and 304 while nothing changed", async () => {
    const { own, read, book } = await provider();
    const { id } = await book();
    const first = await read();
    expect([first.statusCode, first.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(first.body).toContain(`UID:appointment-${id}.company-${companyId}@rapport\r\n`);
    expect(first.body).toContain("SUMMARY:Botox Treatment: Zoë Ünal\r\nDESCRIPTION:");
    const known = { "if-none-match": String(first.headers.etag) };
    expect((await read(known)).statusCode).toBe(304);
    await rescheduleAppointment(own, id, {
      startsAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
      hours: "any",
    });
    const moved = await read(known);
    expect([moved.statusCode, moved.body.includes("SEQUENCE:1\r\n")]).toEqual([200, true]);
    await cancelAppointment(own, id);
    expect((await read()).body).toContain("SEQUENCE:2\r\n");
    expect((await read()).body).toContain("STATUS:CANCELLED\r\n");
  });

  test("gives the visits of the people one looks after, and nobody else's", async () => {
    const one = await provider();
    const other = await provider();
    await one.book();
    expect((await other.read()).body).not.toContain("BEGIN:VEVENT");
    await updateRecord(ctx(companyId), one.contactId, { ownerUserId: other.userId });
    expect((await other.read()).body.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  });

  test("is dead once it was rotated or revoked", async () => {
    const { own, read } = await provider();
    const { token } = await rotateFeed(own);
    const fresh = () => app.inject({ method: "GET", url: `/calendar/${token}.ics` });
    expect([(await read()).statusCode, (await fresh()).statusCode]).toEqual([404, 200]);
    await revokeFeed(own);
    expect((await fresh()).statusCode).toBe(404);
  });

  test.each(["x", "1-x", `1-${"a".repeat(43)}`, `999999999999999-${"a".repeat(43)}`, "%00"])(
    "is not guessed: %s",
    async (word) => {
      expect((await app.inject({ method: "GET", url: `/calendar/${word}.ics` })).statusCode).toBe(404);
    },
  );
});
