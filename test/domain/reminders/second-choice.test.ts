import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { cancelAppointment } from "../../../server/domain/appointments/change-status.ts";
import { personIn } from "../../factories/people.ts";
import { messageBody, nextId } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { type RemindedClinic, remindedClinics } from "./reminded-clinic.ts";

const database = await testDatabase();
const { db } = database;
const { outgoing, followAll, reminded } = remindedClinics(database);

const button = ({ companyId, phone }: RemindedClinic, payload: string) =>
  messageBody({ type: "button", content: { text: "…", payload }, phone, phoneNumberId: `sim-${companyId}` });

/** A row of a list that left; WhatsApp says which message was answered. */
function choice({ companyId, phone }: RemindedClinic, { list, id }: { list: string; id: string }) {
  const content = { type: "list_reply", list_reply: { id, title: "…" } };
  const extra = { context: { from: "15550783881", id: list } };
  return messageBody({ type: "interactive", content, extra, phone, phoneNumberId: `sim-${companyId}` });
}

async function receive(...bodies: Parameters<typeof deliver>[1][]) {
  for (const body of bodies) await deliver(db, body);
  await followAll();
}

/** The list of times that was sent last, as WhatsApp knows it. */
async function newestList(one: RemindedClinic) {
  const list = nextId();
  await rows(
    db,
    `update messages set provider_id = '${list}', sent_at = least(sent_at, now()) where company_id = ${one.companyId}
       and id = (select max(id) from messages where company_id = ${one.companyId} and direction = 'out')`,
  );
  const sections = (await outgoing(one)).at(-1)?.request.interactive?.sections ?? [];
  const [first = "", second = "", third = ""] = (sections[0]?.rows ?? []).map(({ id }) => id);
  return { list, first, second, third };
}

const timeOf = (row: string) => new Date(Number(row.split(":")[3]) * 60_000).toISOString().replace(".000Z", "Z");

const bookedByThemselves = ({ companyId }: RemindedClinic) =>
  rows<{ starts: string; status: string }>(
    db,
    `select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts, status from appointments
     where company_id = ${companyId} and source = 'whatsapp' order by id`,
  );

const saidLast = async (one: RemindedClinic) => (await outgoing(one)).at(-1)?.text;

/** Somebody whose visit was called off, and who was sent a list of times for another one. */
async function askedAnew() {
  const { one, visit } = await reminded();
  await cancelAppointment(one.own, visit.id);
  await receive(button(one, `appointment:${visit.id}:reschedule`));
  return { one, visit, ...(await newestList(one)) };
}

describe("a second choice from the same list", () => {
  test("moves the visit that the first one booked", async () => {
    const { one, list, first, second } = await askedAnew();
    await receive(choice(one, { list, id: first }));
    expect(await bookedByThemselves(one)).toEqual([{ starts: timeOf(first), status: "confirmed" }]);
    await receive(choice(one, { list, id: second }));
    expect(await bookedByThemselves(one)).toEqual([{ starts: timeOf(second), status: "confirmed" }]);
    expect(await saidLast(one)).toContain("your visit is now on");
  });

  test("is one visit also where both were followed at once", async () => {
    const { one, list, first, second } = await askedAnew();
    await deliver(db, choice(one, { list, id: first }));
    await deliver(db, choice(one, { list, id: second }));
    await Promise.all([followAll(), followAll()]);
    expect(await bookedByThemselves(one)).toHaveLength(1);
  });

  test("that is taken meanwhile brings times that move the visit too", async () => {
    const { one, list, first, second } = await askedAnew();
    await receive(choice(one, { list, id: first }));
    const other = await personIn(db, one.companyId);
    await bookAppointment(one.own, { ...one.clinic, contactId: other, startsAt: timeOf(second) });
    await receive(choice(one, { list, id: second }));
    const next = await newestList(one);
    expect(next.first).toMatch(/:move:/);
    await receive(choice(one, { list: next.list, id: next.first }));
    expect(await bookedByThemselves(one)).toEqual([{ starts: timeOf(next.first), status: "confirmed" }]);
  });

  test("books another visit where the first one was called off since", async () => {
    const { one, list, first, second } = await askedAnew();
    await receive(choice(one, { list, id: first }));
    const [row] = await rows<{ id: number }>(
      db,
      `select id from appointments where company_id = ${one.companyId} and source = 'whatsapp'`,
    );
    await cancelAppointment(one.own, row?.id ?? 0);
    await receive(choice(one, { list, id: second }));
    expect((await bookedByThemselves(one)).map(({ status }) => status)).toEqual(["cancelled", "confirmed"]);
  });
});

test("“I will come” to a visit that was called off confirms the one that was chosen in its place since", async () => {
  const { one, visit } = await reminded();
  const reminder = await newestList(one);
  await cancelAppointment(one.own, visit.id);
  await receive(button(one, `appointment:${visit.id}:reschedule`));
  const { list, first } = await newestList(one);
  await receive(choice(one, { list, id: first }));
  const content = { text: "…", payload: `appointment:${visit.id}:confirm` };
  const extra = { context: { from: "15550783881", id: reminder.list } };
  const phoneNumberId = `sim-${one.companyId}`;
  await receive(messageBody({ type: "button", content, extra, phone: one.phone, phoneNumberId }));
  expect(await saidLast(one)).not.toContain("We will write");
  expect(await bookedByThemselves(one)).toEqual([{ starts: timeOf(first), status: "confirmed" }]);
  const open = await rows(
    db,
    `select from tasks where company_id = ${one.companyId} and title like 'Find%' and status = 'todo'`,
  );
  expect(open).toHaveLength(0);
});

test("a choice from a later list books a visit of its own", async () => {
  const { one, visit, list, first } = await askedAnew();
  await receive(choice(one, { list, id: first }));
  await receive(button(one, `appointment:${visit.id}:again`));
  const later = await newestList(one);
  await receive(choice(one, { list: later.list, id: later.third }));
  expect(await bookedByThemselves(one)).toHaveLength(2);
});
