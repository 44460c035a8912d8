import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { updateSendSettings } from "../../../server/domain/policy/update-send-settings.ts";
import { openRebooking } from "../../../server/domain/rebooking/open-rebooking.ts";
import { rebookingProposals } from "../../../server/domain/rebooking/rebooking-proposal.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { dayMs, monday, type RemindedClinic, remindedClinics, shifted } from "../reminders/reminded-clinic.ts";
import { regularPeople } from "./regular-people.ts";

const database = await testDatabase();
const { db, ctx } = database;
const { person } = remindedClinics(database);
const { comeOften, regular } = regularPeople(database);

const hourMs = 3_600_000;
/** Half past one on a Wednesday morning where the person lives: nothing is sent before 8:00, which is 2:30 in UTC. */
const night = new Date(monday.getTime() + dayMs + 10 * hourMs);
const morning = new Date(night.getTime() + 6.5 * hourMs);

/** A regular of a clinic that is always open, and the clinic's own context at a time. */
async function nightly() {
  const one = await regular();
  await rows(db, `update provider_hours set from_minute = 0, to_minute = 1440 where company_id = ${one.companyId}`);
  const at = (time: Date) => ctx(one.companyId, { kind: "system" }, () => time);
  return { one, at };
}

const sends = ({ companyId }: RemindedClinic) =>
  rows<{ state: string; expires_at: string; next_attempt_at: string; status_reason: string | null }>(
    db,
    `select s.state, s.expires_at, s.next_attempt_at, m.status_reason from outbound_sends s
     join messages m on m.company_id = s.company_id and m.id = s.message_id where s.company_id = ${companyId} order by s.id`,
  );

describe("a proposal that has to wait for its hour", () => {
  test("names times after it leaves, is shown so before, and ends with the first of them", async () => {
    const { one, at } = await nightly();
    const shown = (await rebookingProposals(at(night), [one.contactId], { origin: "user" })).get(one.contactId);
    const { message, decision, proposal } = await openRebooking(at(night), one.contactId, { origin: "user" });
    expect(decision).toMatchObject({ outcome: "later", at: morning });
    const first = proposal.times[0]?.startsAt ?? "";
    expect(Date.parse(first)).toBeGreaterThan(morning.getTime());
    expect(message.text).toBe(shown?.text);
    expect(new Date((await sends(one))[0]?.expires_at ?? 0)).toEqual(new Date(first));
  });

  test("is not sent when its first time has passed, and says so", async () => {
    const { one, at } = await nightly();
    const { proposal } = await openRebooking(at(night), one.contactId, { origin: "user" });
    const vendor = fakeVendor();
    await sendDue(db, vendor, () => new Date(proposal.times[0]?.startsAt ?? 0));
    expect(vendor.calls).toEqual([]);
    expect(await sends(one)).toMatchObject([
      { state: "cancelled", status_reason: expect.stringContaining("has passed") },
    ]);
  });

  test("goes out in its hour while its times are free", async () => {
    const { one, at } = await nightly();
    await openRebooking(at(night), one.contactId, { origin: "user" });
    const vendor = fakeVendor();
    await sendDue(db, vendor, () => morning);
    expect(vendor.calls).toHaveLength(1);
  });

  test("is looked at when it expires, where the policy would let it go only later", async () => {
    const { one, at } = await nightly();
    await openRebooking(at(night), one.contactId, { origin: "user" });
    await updateSendSettings(one.own, { quietFrom: "08:00", quietTo: "07:00" });
    await sendDue(db, fakeVendor(), () => morning);
    const [held] = await sends(one);
    expect(held).toMatchObject({ state: "queued", next_attempt_at: held?.expires_at });
  });

  test("is not sent when others took all of its times", async () => {
    const { one, at } = await nightly();
    const { proposal } = await openRebooking(at(night), one.contactId, { origin: "user" });
    const other = await person(one.companyId);
    const vendor = fakeVendor();
    for (const { startsAt } of proposal.times.slice(0, 2))
      await bookAppointment(at(night), { ...one.clinic, contactId: other.contactId, startsAt });
    expect(await sends(one)).toMatchObject([{ state: "queued", status_reason: expect.stringContaining("quiet") }]);
    const [, , last] = proposal.times;
    await bookAppointment(at(night), {
      ...one.clinic,
      contactId: other.contactId,
      startsAt: last?.startsAt ?? "",
    });
    await sendDue(db, vendor, () => morning);
    expect(vendor.calls).toEqual([]);
  });

  test("is not sent to who booked by themselves meanwhile", async () => {
    const { one, at } = await nightly();
    await openRebooking(at(night), one.contactId, { origin: "user" });
    await bookAppointment(at(new Date(night.getTime() + hourMs)), {
      ...one.clinic,
      contactId: one.contactId,
      startsAt: shifted(night, 20 * dayMs),
    });
    const vendor = fakeVendor();
    await sendDue(db, vendor, () => morning);
    expect(vendor.calls).toEqual([]);
  });
});

describe("a proposal that was made", () => {
  test("is not made again while it waits, and says since when", async () => {
    const { one, at } = await nightly();
    const all = await Promise.allSettled(
      [1, 2, 3, 4].map(() => openRebooking(at(night), one.contactId, { origin: "user" })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await sends(one)).toHaveLength(1);
    const again = openRebooking(at(night), one.contactId, { origin: "user", again: true });
    await expect(again).rejects.toThrow(/proposal of \d+ \w+, 20:00 \(.*\) still waits/);
    const shown = (await rebookingProposals(at(night), [one.contactId], { origin: "user" })).get(one.contactId);
    expect(shown).toMatchObject({
      by: null,
      earlier: { proposedAt: shifted(night, 0), stillWaits: true },
      refusal: expect.stringContaining("still waits"),
    });
  });

  test("is not made again within a week of silence, unless it is wanted all the same", async () => {
    const one = await regular();
    await openRebooking(one.own, one.contactId, { origin: "user" });
    await sendDue(db, fakeVendor());
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringMatching(/^A visit was proposed on .*no answer/) },
    });
    await openRebooking(one.own, one.contactId, { origin: "user", again: true });
    expect(await sends(one)).toHaveLength(2);
    await rows(db, `update contacts set do_not_contact = true where id = ${one.contactId}`);
    await expect(openRebooking(one.own, one.contactId, { origin: "user", again: true })).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringContaining("still waits") },
    });
    await sendDue(db, fakeVendor());
    await expect(openRebooking(one.own, one.contactId, { origin: "user", again: true })).rejects.toMatchObject({
      refusal: { kind: "send_refused", obstacle: "do_not_contact" },
    });
  });

  test("may be made again once the person has answered, or a week later", async () => {
    const one = await regular();
    const other = await person(one.companyId);
    await comeOften(one, other.contactId, 1);
    for (const { contactId } of [one, other]) await openRebooking(one.own, contactId, { origin: "user" });
    await sendDue(db, fakeVendor());
    await deliver(db, textBody({ text: "Maybe later", phone: one.phone, phoneNumberId: `sim-${one.companyId}` }));
    const shown = await rebookingProposals(one.own, [one.contactId, other.contactId], { origin: "user" });
    expect([shown.get(one.contactId)?.earlier, shown.get(other.contactId)?.earlier]).toMatchObject([
      null,
      { stillWaits: false },
    ]);
    const nextWeek = ctx(one.companyId, { kind: "system" }, () => new Date(Date.now() + 7.1 * dayMs));
    const later = (await rebookingProposals(nextWeek, [other.contactId], { origin: "user" })).get(other.contactId);
    expect(later?.earlier).toBeNull();
  });

  test("is answered only by what is written after it has left", async () => {
    const { one, at } = await nightly();
    await openRebooking(at(night), one.contactId, { origin: "user" });
    const early = new Date(night.getTime() + hourMs);
    await deliver(
      db,
      textBody({ text: "What are your prices?", phone: one.phone, phoneNumberId: `sim-${one.companyId}`, at: early }),
    );
    await sendDue(db, fakeVendor(), () => morning);
    const noon = at(new Date(morning.getTime() + 4 * hourMs));
    await expect(openRebooking(noon, one.contactId, { origin: "user" })).rejects.toThrow(/no answer yet/);
  });

  test("hinders no other once its times are over, although its number was stopped", async () => {
    const { one, at } = await nightly();
    const { proposal } = await openRebooking(at(night), one.contactId, { origin: "user" });
    await rows(
      db,
      `update number_rates set paused_until = '2100-01-01' where channel_account_id in (select id from channel_accounts where company_id = ${one.companyId})`,
    );
    const after = at(new Date(Date.parse(proposal.times[0]?.startsAt ?? "") + hourMs));
    const shown = (await rebookingProposals(after, [one.contactId], { origin: "user" })).get(one.contactId);
    expect(shown?.earlier).toBeNull();
  });
});

describe("a proposal to somebody with a visit ahead", () => {
  test("is not made, and says when they come, unless it is wanted all the same", async () => {
    const one = await regular();
    const { startsAt } = await bookAppointment(one.own, {
      ...one.clinic,
      contactId: one.contactId,
      startsAt: shifted(monday, 0),
    });
    const shown = (await rebookingProposals(one.own, [one.contactId], { origin: "user" })).get(one.contactId);
    expect(shown).toMatchObject({ by: null, ahead: { startsAt }, earlier: null });
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringMatching(/^A visit is booked for .*10:00 \(UTC\)\.$/) },
    });
    expect(await sends(one)).toEqual([]);
    await openRebooking(one.own, one.contactId, { origin: "user", again: true });
    expect(await sends(one)).toHaveLength(1);
  });
});
