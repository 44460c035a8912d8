import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { cancelAppointment } from "../../../server/domain/appointments/change-status.ts";
import { type FreeSlotQuery, findFreeStarts } from "../../../server/domain/booking/find-free-starts.ts";
import { replaceProviderHours } from "../../../server/domain/booking/provider-hours.ts";
import { takeTimeOff } from "../../../server/domain/booking/time-off.ts";
import { updateLocation } from "../../../server/domain/booking/write-location.ts";
import { updateProvider } from "../../../server/domain/booking/write-provider.ts";
import { updateService } from "../../../server/domain/booking/write-service.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { clinicIn, providerAt } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const clock = () => new Date("2026-01-01T00:00:00Z");

async function findFreeSlots(own: Ctx, query: FreeSlotQuery) {
  const { timeZone, durationMs, starts } = await findFreeStarts(own, query);
  const text = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
  const slots = starts.map(({ at, providerIds }) => ({
    startsAt: text(at),
    endsAt: text(at + durationMs),
    providerIds,
  }));
  return { timeZone, slots };
}

async function company(options: Parameters<typeof clinicIn>[1] = {}) {
  const companyId = await createCompany();
  const own = ctx(companyId, { kind: "system" }, clock);
  const clinic = await clinicIn(own, options);
  const contactId = await personIn(db, companyId);
  const starts = async (from: string, to: string, stepMinutes = 60) => {
    const { slots } = await findFreeSlots(own, { ...clinic, from, to, stepMinutes });
    return slots.map(({ startsAt }) => startsAt.slice(11, 16));
  };
  return { own, clinic, contactId, starts };
}

const monday: [string, string] = ["2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"];

describe("free slots", () => {
  test("fill the working hours, and nothing beyond", async () => {
    const { starts } = await company();
    expect(await starts(...monday)).toEqual(["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);
    expect(await starts("2026-06-06T00:00:00Z", "2026-06-08T00:00:00Z")).toEqual([]);
  });

  test("leave out appointments with their buffer, and give a cancelled one back", async () => {
    const { own, clinic, contactId, starts } = await company({ bufferMinutes: 15 });
    const { id } = await bookAppointment(own, { ...clinic, contactId, startsAt: "2026-06-01T11:00:00Z" });
    expect(await starts(...monday)).toEqual(["09:00", "13:00", "14:00", "15:00", "16:00"]);
    await cancelAppointment(own, id);
    expect(await starts(...monday)).toContain("11:00");
  });

  test("leave out time off and what lies outside of opening hours", async () => {
    const { own, clinic, starts } = await company();
    await takeTimeOff(own, clinic.providerId, { startsAt: "2026-06-01T12:30:00Z", endsAt: "2026-06-01T14:00:00Z" });
    await updateLocation(own, clinic.locationId, { openingHours: [{ weekday: 1, fromMinute: 600, toMinute: 960 }] });
    expect(await starts(...monday)).toEqual(["10:00", "11:00", "14:00", "15:00"]);
  });

  test("never lie in the past", async () => {
    const { own, clinic } = await company();
    const later = { ...own, now: () => new Date("2026-06-01T14:20:00Z") };
    const { slots } = await findFreeSlots(later, { ...clinic, from: monday[0], to: monday[1], stepMinutes: 30 });
    expect(slots.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(["14:30", "15:00", "15:30", "16:00"]);
  });

  test("name everybody who is free, and only who is asked for", async () => {
    const { own, clinic, contactId } = await company();
    const other = await providerAt(own, clinic);
    await bookAppointment(own, { ...clinic, contactId, startsAt: "2026-06-01T09:00:00Z" });
    const asked = { serviceId: clinic.serviceId, locationId: clinic.locationId, from: monday[0], to: monday[1] };
    const { slots } = await findFreeSlots(own, asked);
    expect(slots[0]?.providerIds).toEqual([other]);
    expect(slots.find(({ startsAt }) => startsAt.includes("T10:00"))?.providerIds).toEqual([clinic.providerId, other]);
    const mine = await findFreeSlots(own, { ...asked, providerIds: [clinic.providerId] });
    expect(mine.slots[0]?.startsAt).toBe("2026-06-01T10:00:00Z");
  });

  test("are none with who, what or where is no longer offered", async () => {
    const { own, clinic, starts } = await company();
    await updateProvider(own, clinic.providerId, { active: false });
    expect(await starts(...monday)).toEqual([]);
    await updateProvider(own, clinic.providerId, { active: true });
    await updateService(own, clinic.serviceId, { active: false });
    expect(await starts(...monday)).toEqual([]);
  });

  test("are asked for within 62 days, in steps of 5 minutes to 4 hours", async () => {
    const { own, clinic } = await company();
    const asked = { ...clinic, from: monday[0], to: "2026-09-01T00:00:00Z" };
    await expect(findFreeSlots(own, asked)).rejects.toThrow("within 62 days");
    await expect(findFreeSlots(own, { ...asked, to: monday[0] })).rejects.toThrow("after from");
    await expect(findFreeSlots(own, { ...asked, to: monday[1], stepMinutes: 1 })).rejects.toThrow("from 5 to 240");
  });

  test("of another company are not found", async () => {
    const { clinic } = await company();
    const { own } = await company();
    await expect(findFreeSlots(own, { ...clinic, from: monday[0], to: monday[1] })).rejects.toThrow("not found");
  });
});

describe("free slots across a change of the clock", () => {
  const changes = [
    {
      name: "Berlin in spring skips 2 to 3 o'clock",
      zone: "Europe/Berlin",
      range: ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
      expected: ["00:00", "00:30", "01:00", "01:30"],
    },
    {
      name: "Berlin in autumn has 2 to 3 o'clock twice",
      zone: "Europe/Berlin",
      range: ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
      expected: ["23:00", "23:30", "00:00", "00:30", "01:00", "01:30", "02:00", "02:30"],
    },
    {
      name: "New York in spring skips 2 to 3 o'clock",
      zone: "America/New_York",
      range: ["2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
      expected: ["06:00", "06:30", "07:00", "07:30"],
    },
    {
      name: "New York in autumn has 1 to 2 o'clock twice",
      zone: "America/New_York",
      range: ["2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"],
      expected: ["05:00", "05:30", "06:00", "06:30", "07:00", "07:30", "08:00", "08:30"],
    },
  ] as const;

  test.each(changes)("$name", async ({ zone, range: [from, to], expected }) => {
    const { own, clinic } = await company({ timeZone: zone, durationMinutes: 30 });
    const night = { locationId: clinic.locationId, weekday: 7, fromMinute: 60, toMinute: 240 };
    await replaceProviderHours(own, clinic.providerId, [night]);
    const { timeZone, slots } = await findFreeSlots(own, { ...clinic, from, to, stepMinutes: 30 });
    expect(timeZone).toBe(zone);
    expect(slots.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(expected);
    const lengths = slots.map(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt));
    expect(new Set(lengths)).toEqual(new Set([30 * 60_000]));
  });

  test("keep the hour of the day before and after", async () => {
    const { own, clinic } = await company({ timeZone: "Europe/Berlin" });
    const days = await findFreeSlots(own, { ...clinic, from: "2026-03-26T00:00:00Z", to: "2026-04-01T00:00:00Z" });
    const firsts = Map.groupBy(days.slots, ({ startsAt }) => startsAt.slice(0, 10));
    expect([...firsts].map(([day, [slot]]) => [day, slot?.startsAt.slice(11, 16)])).toEqual([
      ["2026-03-26", "08:00"],
      ["2026-03-27", "08:00"],
      ["2026-03-30", "07:00"],
      ["2026-03-31", "07:00"],
    ]);
  });

  test("run through midnight where the hours do", async () => {
    const { own, clinic } = await company({ durationMinutes: 90 });
    const at = { locationId: clinic.locationId };
    await replaceProviderHours(own, clinic.providerId, [
      { ...at, weekday: 1, fromMinute: 1320, toMinute: 1440 },
      { ...at, weekday: 2, fromMinute: 0, toMinute: 120 },
    ]);
    const { slots } = await findFreeSlots(own, {
      ...clinic,
      from: monday[0],
      to: "2026-06-03T00:00:00Z",
      stepMinutes: 60,
    });
    expect(slots.map(({ startsAt }) => startsAt)).toEqual([
      "2026-06-01T22:00:00Z",
      "2026-06-01T23:00:00Z",
      "2026-06-02T00:00:00Z",
    ]);
  });
});
