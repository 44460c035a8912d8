import { describe, expect, test } from "vitest";
import { recordedStatements } from "../../../bench/recorded-statements.ts";
import { connect } from "../../../server/db/connect.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { cancelAppointment, reopenAppointment } from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { findFreeStarts } from "../../../server/domain/booking/find-free-starts.ts";
import { replaceProviderHours } from "../../../server/domain/booking/provider-hours.ts";
import { cancelTimeOff, takeTimeOff } from "../../../server/domain/booking/time-off.ts";
import { updateProvider } from "../../../server/domain/booking/write-provider.ts";
import { updateService } from "../../../server/domain/booking/write-service.ts";
import { type Ctx, createCtx } from "../../../server/domain/context.ts";
import { clinicIn, providerAt } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const now = () => new Date("2026-01-01T00:00:00Z");
const dayMs = 86_400_000;
const monday = Date.parse("2026-06-01T00:00:00Z");
const at = (hours: number) => new Date(monday + hours * 3_600_000).toISOString();

/** Two providers at a place, asked for by one process (which keeps what it read) while another one writes. */
async function clinic() {
  const companyId = await createCompany();
  const here = ctx(companyId, { kind: "system" }, now);
  // Nothing is shared between two of these but the database, as between two processes.
  const apart = (): Ctx => createCtx({ db: { ...db }, companyId, actor: { kind: "system" }, now });
  const there = apart();
  const offer = await clinicIn(here);
  const other = await providerAt(here, offer);
  const contactId = await personIn(db, companyId);
  const search = (from = monday, days = 7) => ({
    serviceId: offer.serviceId,
    locationId: offer.locationId,
    from: new Date(from).toISOString(),
    to: new Date(from + days * dayMs).toISOString(),
    stepMinutes: 60,
  });
  const kept = async (from?: number, days?: number) => (await findFreeStarts(here, search(from, days))).starts;
  const read = async (from?: number, days?: number) => (await findFreeStarts(apart(), search(from, days))).starts;
  return { companyId, here, there, offer, other, contactId, kept, read, search };
}

describe("what is kept of a calendar", () => {
  test("is what a fresh reading gives, whatever another process changed", async () => {
    const { companyId, there, offer, other, contactId, kept, read } = await clinic();
    const { providerId, locationId } = offer;
    let visit = 0;
    let off = 0;
    const changes: Record<string, () => Promise<unknown>> = {
      "a booking": async () => {
        visit = (await bookAppointment(there, { ...offer, contactId, startsAt: at(10) })).id;
      },
      "another hour": () => rescheduleAppointment(there, visit, { startsAt: at(11) }),
      "another provider": () => rescheduleAppointment(there, visit, { startsAt: at(11), providerId: other }),
      "a cancellation": () => cancelAppointment(there, visit),
      "a reopening": () => reopenAppointment(there, visit),
      "a deletion": () => deleteAppointment(there, visit),
      "a return": () => restoreAppointment(there, visit),
      "time off": async () => {
        off = (await takeTimeOff(there, providerId, { startsAt: at(9), endsAt: at(12) })).id;
      },
      "time off called off": () => cancelTimeOff(there, providerId, off),
      "other hours": () =>
        replaceProviderHours(there, providerId, [{ locationId, weekday: 2, fromMinute: 600, toMinute: 720 }]),
      "a longer service": () => updateService(there, offer.serviceId, { durationMinutes: 90 }),
      "a provider who stopped": () => updateProvider(there, other, { active: false }),
      "a provider who is back": () => updateProvider(there, other, { active: true }),
      "a person deleted with their visits": () => rows(db, `delete from contacts where id = ${contactId}`),
    };
    for (const [name, change] of Object.entries(changes)) {
      const before = await kept();
      await change();
      const after = await kept();
      expect(after, name).not.toEqual(before);
      expect(after, name).toEqual(await read());
    }
    expect(await rows(db, `select 1 from provider_calendars where company_id = ${companyId}`)).toHaveLength(2);
  });

  test("costs one statement as long as nothing changes, and one more for who did", async () => {
    const { companyId, here, there, offer, contactId, search } = await clinic();
    const twoSearches = async (own: Ctx) => {
      const later = { ...own, now };
      await findFreeStarts(later, search());
      await findFreeStarts(later, search());
    };
    const sent = (await recordedStatements(db, companyId, twoSearches)).map(({ text }) => text);
    expect(sent).toHaveLength(3);
    expect(sent[2]).toBe(sent[0]);
    const before = await findFreeStarts(here, search());
    await bookAppointment(there, { ...offer, contactId, startsAt: at(12) });
    expect(await findFreeStarts(here, search())).not.toEqual(before);
  });

  test("is read once where many ask at the same time", async () => {
    const { companyId, offer, there, contactId, search } = await clinic();
    const found: unknown[] = [];
    const sixteen = async (own: Ctx) => {
      for (let turn = 0; turn < 2; turn += 1) {
        const free = Array.from({ length: 16 }, () => findFreeStarts({ ...own, now }, search()));
        found.push(...(await Promise.all(free)).map(({ starts }) => JSON.stringify(starts)));
        if (turn === 0) await bookAppointment(there, { ...offer, contactId, startsAt: at(10) });
      }
    };
    const statements = await recordedStatements(db, companyId, sixteen);
    expect(statements).toHaveLength(2 * (16 + 1));
    expect([new Set(found.slice(0, 16)).size, new Set(found.slice(16)).size, new Set(found).size]).toEqual([1, 1, 2]);
  });

  test("leaves a provider's token where a visit is confirmed, completed or edited", async () => {
    const { companyId, there, offer, contactId } = await clinic();
    const token = () => rows(db, `select token from provider_calendars where company_id = ${companyId} order by 1`);
    const { id } = await bookAppointment(there, { ...offer, contactId, startsAt: at(10) });
    const before = await token();
    await rows(db, `update appointments set status = 'completed', notes = 'came late' where id = ${id}`);
    expect(await token()).toEqual(before);
    await rows(db, `update appointments set status = 'no_show' where id = ${id}`);
    expect(await token()).not.toEqual(before);
  });

  test("holds nothing of a transaction that was given up", async () => {
    const { here, offer, contactId, kept, search } = await clinic();
    const before = await kept();
    const inside = here.transact(async (tx) => {
      await bookAppointment(tx, { ...offer, contactId, startsAt: at(10) });
      expect((await findFreeStarts(tx, search())).starts).not.toEqual(before);
      throw new Error("given up");
    });
    await expect(inside).rejects.toThrow("given up");
    expect(await kept()).toEqual(before);
  });

  test("grows to other weeks and months, and to years ahead", async () => {
    const { there, offer, contactId, kept, read } = await clinic();
    const visits = [9, 9 + 24 * 35, 9 + 24 * 364];
    for (const hours of visits) await bookAppointment(there, { ...offer, contactId, startsAt: at(hours) });
    const ranges: [number, number][] = [
      [monday, 7],
      [monday, 62],
      [monday + 30 * dayMs, 10],
      [monday + 360 * dayMs, 10],
      [monday, 7],
    ];
    for (const [from, days] of ranges) expect(await kept(from, days)).toEqual(await read(from, days));
  });

  test("is current while others book and call off at the same time", async () => {
    const { companyId, here, offer, other, contactId, kept, read } = await clinic();
    const second = connect(db.address, { lanes: 1, poolSize: 4 });
    const there = createCtx({ db: second, companyId, actor: { kind: "system" }, now });
    const act = async (index: number) => {
      const who = index % 2 === 0 ? offer.providerId : other;
      const startsAt = at(9 + (index % 7) + 24 * (index % 5));
      const visit = { ...offer, providerId: who, contactId, startsAt };
      const { id } = await bookAppointment(index % 3 === 0 ? here : there, visit).catch(() => ({ id: 0 }));
      if (index % 4 === 0 && id > 0) await cancelAppointment(there, id);
    };
    // As many at once as there are connections: the others would wait for one, and on a busy machine too long.
    const acting = async (first: number) => {
      for (let index = first; index < 40; index += 4) await Promise.all([act(index), kept()]);
    };
    await Promise.all([0, 1, 2, 3].map(acting));
    await second.close();
    expect(await kept()).toEqual(await read());
    expect(
      await rows(db, `select 1 from appointments where company_id = ${companyId} and status = 'booked'`),
    ).not.toEqual([]);
  });
});
