import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, ctx, caller } = await v1App();
const dayMs = 86_400_000;
let serial = 0;

/** Somebody who came every four weeks and whose next time is overdue. */
async function overdue() {
  const me = await caller();
  serial += 1;
  await deliver(
    db,
    textBody({ text: "Hello", phone: `9197${50_000_000 + serial}`, phoneNumberId: `sim-${me.companyId}` }),
  );
  const [person] = await rows<{ id: number }>(db, `select id from contacts where company_id = ${me.companyId}`);
  const contactId = person?.id ?? 0;
  const own = ctx(me.companyId);
  const clinic = await clinicIn(own);
  for (const days of [140, 112, 84]) {
    const startsAt = new Date(Date.now() - days * dayMs).toISOString();
    await bookAppointment(own, { ...clinic, contactId, startsAt, status: "completed" });
  }
  return { me, contactId, own, clinic };
}

describe("the reminder settings", () => {
  test("have defaults, are changed by managers with their version, and refuse what cannot be", async () => {
    const me = await caller();
    const first = await me.get("/v1/reminder-settings");
    expect(first.json()).toMatchObject({
      enabled: true,
      minutes_before: [1440, 120],
      by_whatsapp: true,
      recovery_enabled: false,
    });
    const patch = { minutes_before: [2880, 60], templates: { "*": "visit", de: "termin" } };
    const changed = await me.patch("/v1/reminder-settings", patch, { "if-match": '"v1"' });
    expect([changed.statusCode, changed.json()]).toMatchObject([200, { ...patch, version: 2 }]);
    expect((await me.patch("/v1/reminder-settings", patch, { "if-match": '"v1"' })).statusCode).toBe(412);
    for (const wrong of [
      { minutes_before: [1] },
      { templates: { xx1: "a" } },
      { templates: { en: "A B" } },
      { enabled: "yes" },
    ])
      expect((await me.patch("/v1/reminder-settings", wrong)).statusCode, JSON.stringify(wrong)).toBe(400);
    const seller = await caller("salesperson", me.companyId);
    expect((await seller.patch("/v1/reminder-settings", { enabled: false })).statusCode).toBe(403);
  });

  test("make the reminders that a visit shows", async () => {
    const { me, contactId, own, clinic } = await overdue();
    const startsAt = new Date(Math.ceil(Date.now() / dayMs) * dayMs + 30 * dayMs).toISOString();
    const { id } = await bookAppointment(own, { ...clinic, contactId, startsAt, hours: "any" });
    expect((await me.get(`/v1/appointments/${id}/reminders`)).json().data).toMatchObject([
      { kind: "reminder", minutes_before: 1440, state: "waiting", reason: null },
      { kind: "reminder", minutes_before: 120, state: "waiting" },
    ]);
    expect((await me.get("/v1/appointments/999999/reminders")).statusCode).toBe(404);
  });
});

describe("who is due", () => {
  test("is listed with what a message would say, or without", async () => {
    const { me } = await overdue();
    const [customer] = (await me.get("/v1/customers/due?state=overdue")).json().data;
    expect(customer.proposal).toMatchObject({
      language: "en",
      service: { name: "Botox Treatment" },
      by: "text",
      refusal: null,
    });
    expect(customer.proposal.channel_account_id).toBeGreaterThan(0);
    expect(customer.proposal.text).toContain("Hello Ana, it has been a while");
    expect(customer.proposal.times).toHaveLength(3);
    expect((await me.get("/v1/customers/due?proposals=false")).json().data[0].proposal).toBeNull();
  });

  test("is written to in one call, once by the same Idempotency-Key", async () => {
    const { me, contactId } = await overdue();
    const path = `/v1/customers/${contactId}/rebooking`;
    const key = { "idempotency-key": "rebook-1" };
    const first = await me.post(path, {}, key);
    expect([first.statusCode, first.json()]).toMatchObject([
      201,
      { message: { type: "interactive", status: "queued" }, decision: { outcome: "allowed" } },
    ]);
    expect((await me.post(path, {}, key)).json().message.id).toBe(first.json().message.id);
    expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(1);
  });

  test("is shown what would be said, and is not asked again while it waits", async () => {
    const { me, contactId } = await overdue();
    const path = `/v1/customers/${contactId}/rebooking`;
    const shown = await me.get(path);
    expect([shown.statusCode, shown.json()]).toMatchObject([200, { by: "text", refusal: null, earlier: null }]);
    expect((await me.post(path, {})).json().proposal.text).toBe(shown.json().text);
    const again = await me.post(path, {});
    expect([again.statusCode, again.json().detail]).toEqual([409, expect.stringContaining("still waits to go out")]);
    const [customer] = (await me.get("/v1/customers/due")).json().data;
    expect(customer.proposal).toMatchObject({
      by: null,
      earlier: { proposed_at: expect.any(String), still_waits: true },
      refusal: again.json().detail,
    });
    expect((await me.get("/v1/customers/999999/rebooking")).statusCode).toBe(404);
  });

  test("is refused with the policy's reason and what could be done instead", async () => {
    const { me, contactId } = await overdue();
    await rows(
      db,
      `update conversations set window_expires_at = now() - interval '1 hour' where company_id = ${me.companyId}`,
    );
    const refused = await me.post(`/v1/customers/${contactId}/rebooking`, {});
    expect([refused.statusCode, refused.json()]).toMatchObject([409, { type: "/v1/problems#send_refused" }]);
    expect(refused.json().alternatives.length).toBeGreaterThan(0);
    expect((await me.post("/v1/customers/999999/rebooking", {})).statusCode).toBe(404);
    expect(
      (await (await caller("secretariat", me.companyId)).post(`/v1/customers/${contactId}/rebooking`, {})).statusCode,
    ).toBe(403);
  });
});
