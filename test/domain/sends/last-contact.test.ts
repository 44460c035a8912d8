import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { listFollowUps } from "../../../server/domain/customers/list-follow-ups.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { cancelMessage } from "../../../server/domain/sends/cancel-message.ts";
import type { SendOutcome } from "../../../server/domain/sends/channel-sender.ts";
import { connectMailbox, mailSender, personWithMail } from "../../factories/email-account.ts";
import { envelope, nextId, textBody } from "../../factories/whatsapp-body.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { refused, write } from "./outbox-turns.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db, ctx, createCompany } = database;
const { thread, person } = threads(database);
beforeEach(() => rows(db, "delete from outbound_sends"));

const startedAt = Math.floor(Date.now() / 1_000);
/** So many seconds before the tests began, as times are read back. */
const ago = (seconds: number) => new Date((startedAt - seconds) * 1_000).toISOString().replace(".000Z", "Z");

type Said = { id: string; status: string; ago?: number; callback?: string; code?: number };

function tell(one: Thread, ...said: Said[]): Promise<void> {
  const statuses = said.map(({ id, status, ago: seconds = 0, callback, code }) => ({
    id,
    status,
    timestamp: String(startedAt - seconds),
    recipient_id: one.phone,
    ...(callback === undefined ? {} : { biz_opaque_callback_data: callback }),
    ...(code === undefined ? {} : { errors: [{ code, title: "T", error_data: { details: "D" } }] }),
  }));
  return deliver(db, envelope({ statuses }, `sim-${one.companyId}`));
}

type Person = { c: Ctx; companyId: number; contactId: number };

/** Where it is kept when we last wrote to a person: on them, for the lists of follow-ups, on their latest conversation. */
async function lastContact({ companyId, contactId }: Person) {
  const [found] = await rows<{ person: string | null; listed: string | null; thread: string | null; version: number }>(
    db,
    `select c.last_contacted_at as person, i.last_contacted_at as listed, c.version,
      (select max(v.last_outbound_at) from conversations v where v.company_id = c.company_id and v.contact_id = c.id) as thread
    from contacts c join contact_inbox i on i.company_id = c.company_id and i.contact_id = c.id
    where c.company_id = ${companyId} and c.id = ${contactId}`,
  );
  return found;
}

const never = { person: null, listed: null, thread: null };
const at = (time: string) => ({ person: time, listed: time, thread: time });

async function isToFollowUp({ c, contactId }: Person): Promise<boolean> {
  const { items } = await listFollowUps(c, { daysThreshold: 1, limit: 50 });
  return items.some((customer) => customer.contactId === contactId);
}

/** One message that the vendor answers so; and how it is called there. */
async function sent(one: Thread, outcome?: SendOutcome) {
  const { message } = await write(one);
  const id = `wamid.L${message.id}`;
  await sendDue(
    db,
    fakeVendor(() => outcome ?? { kind: "accepted", providerId: id }),
  );
  return { id, messageId: message.id };
}

describe("a message that did not leave is no contact", () => {
  test("while it waits, and when it is cancelled", async () => {
    const one = await thread();
    const { message } = await write(one);
    expect(await lastContact(one)).toMatchObject(never);
    await cancelMessage(one.c, message.id);
    await deliver(db, textBody({ text: "Anybody?", phone: one.phone, phoneNumberId: `sim-${one.companyId}` }));
    expect(await lastContact(one)).toMatchObject(never);
    expect(await isToFollowUp(one)).toBe(true);
  });

  test("when the vendor refuses it", async () => {
    const one = await thread();
    const { messageId } = await sent(one, refused("never"));
    expect(await statusOf(one, messageId)).toMatchObject({ status: "failed" });
    expect(await lastContact(one)).toMatchObject(never);
    expect(await isToFollowUp(one)).toBe(true);
  });

  test("when WhatsApp took it, and gave it back later", async () => {
    const one = await thread();
    const { id, messageId } = await sent(one);
    expect(await lastContact(one)).toMatchObject(never);
    await tell(one, { id, status: "failed", code: 131026 }, { id, status: "sent", ago: 3 });
    expect(await statusOf(one, messageId)).toMatchObject({ status: "failed" });
    expect(await lastContact(one)).toMatchObject(never);
    expect(await isToFollowUp(one)).toBe(true);
  });

  test("when nobody knows what became of it", async () => {
    const one = await thread();
    await sent(one, { kind: "unknown", why: "No answer." });
    expect(await lastContact(one)).toMatchObject(never);
  });

  test("when the phone app could not send it", async () => {
    const one = await thread();
    await deliver(db, history(one, "ERROR"));
    expect(await lastContact(one)).toMatchObject(never);
  });
});

describe("a message that left is contact", () => {
  test("from the moment WhatsApp sent it, however often that is told", async () => {
    const one = await thread();
    const { id } = await sent(one);
    const version = (await lastContact(one))?.version;
    await tell(one, { id, status: "sent", ago: 40 });
    expect(await lastContact(one)).toEqual({ ...at(ago(40)), version });
    expect(await isToFollowUp(one)).toBe(false);
    await tell(one, { id, status: "sent", ago: 20 }, { id, status: "read", ago: 10 });
    await tell(one, { id, status: "delivered", ago: 30 });
    expect(await lastContact(one)).toEqual({ ...at(ago(40)), version });
  });

  test("where only its delivery is told", async () => {
    const one = await thread();
    const { id } = await sent(one);
    await tell(one, { id, status: "read", ago: 5 }, { id, status: "delivered", ago: 30 });
    expect(await lastContact(one)).toMatchObject(at(ago(30)));
  });

  test("where its status came before the answer, with our name for it or without", async () => {
    for (const isNamed of [true, false]) {
      const one = await thread();
      const { message } = await write(one);
      const id = `wamid.L${message.id}`;
      const vendor = fakeVendor(async ({ callbackId }) => {
        await tell(one, { id, status: "sent", ago: 7, ...(isNamed ? { callback: callbackId } : {}) });
        return { kind: "accepted", providerId: id };
      });
      await sendDue(db, vendor);
      expect(await statusOf(one, message.id)).toMatchObject({ status: "sent" });
      expect(await lastContact(one)).toMatchObject(at(ago(7)));
    }
  });

  test("for each of several people told of at once", async () => {
    const one = await thread();
    const other = await person(one);
    const [first, second] = [await sent(one), await sent(other)];
    await tell(one, { id: second.id, status: "sent", ago: 9 }, { id: first.id, status: "delivered", ago: 8 });
    expect(await lastContact(one)).toMatchObject(at(ago(8)));
    expect(await lastContact(other)).toMatchObject(at(ago(9)));
  });

  test("and never takes the time back, nor lies ahead", async () => {
    const one = await thread();
    const { id } = await sent(one);
    await updateContact(one.c, one.contactId, { lastContactedAt: ago(5) });
    await tell(one, { id, status: "sent", ago: 60 });
    expect(await lastContact(one)).toMatchObject({ person: ago(5), listed: ago(5), thread: ago(60) });
    const next = await sent(one);
    await tell(one, { id: next.id, status: "sent", ago: -3_600 });
    const { person: said = "" } = (await lastContact(one)) ?? {};
    expect(Date.parse(said ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
    expect(Date.parse(said ?? "")).toBeGreaterThan(Date.parse(ago(5)));
  });

  test("but leaves a deleted person alone", async () => {
    const one = await thread();
    const { id } = await sent(one);
    await deleteContact(one.c, one.contactId);
    await tell(one, { id, status: "sent", ago: 4 });
    expect(await lastContact(one)).toMatchObject({ person: null, listed: null, thread: ago(4) });
  });

  test("when it was written on the phone", async () => {
    const one = await thread();
    await deliver(db, echo(one, 12));
    expect(await lastContact(one)).toMatchObject(at(ago(12)));
    await deliver(db, history(one, "READ"));
    expect(await lastContact(one)).toMatchObject(at(ago(12)));
    expect(await isToFollowUp(one)).toBe(false);
  });

  test("when it is a mail that a server took", async () => {
    const c = ctx(await createCompany());
    const { id: contactId } = await personWithMail(c);
    const one = { c, companyId: c.companyId, contactId };
    const server = await smtpDouble();
    await connectMailbox(c, server.port);
    const mail = { contactId, subject: "Hello", body: "A word.", origin: "user" } as const;
    const { messageId } = await sendEmail(c, mail);
    const [entry] = await rows<{ id: number }>(db, `select id from activities where message_id = ${messageId}`);
    await updateActivity(c, entry?.id ?? 0, { outcome: "Asked for an answer" });
    expect(await lastContact(one)).toMatchObject(never);
    await sendDue(db, mailSender(db));
    const [message] = await rows<{ at: string }>(db, `select accepted_at as at from messages where id = ${messageId}`);
    expect(await lastContact(one)).toMatchObject(at(message?.at ?? ""));
    expect(await isToFollowUp(one)).toBe(false);
  });
});

test("conversations that a merge joined are counted anew by what left", async () => {
  const one = await thread();
  const other = await person(one);
  const { id } = await proposeMergeByHand(one.c, { keptId: one.contactId, mergedId: other.contactId });
  await acceptMerge(one.c, id);
  const first = await sent(one);
  await tell(one, { id: first.id, status: "sent", ago: 50 });
  await sent(one, refused("never"));
  await write(one, "Still waiting");
  await undoMerge(one.c, id);
  expect(await lastContact(one)).toMatchObject(at(ago(50)));
  expect(await lastContact(other)).toMatchObject(never);
});

describe("migration 0046", () => {
  const migrate = async () => {
    const text = await readFile(
      new URL("../../../db/migrations/0046_contact_is_what_left.sql", import.meta.url),
      "utf8",
    );
    for (const statement of text.split(/;\n/)) await db.run({ name: "", text: statement, values: [] });
  };

  /** As it was kept before: by the moment the message was queued. */
  const asBefore = ({ companyId }: Person) =>
    rows(
      db,
      `with v as (update conversations set last_outbound_at = last_message_at where company_id = ${companyId} returning *)
      update contacts c set last_contacted_at = v.last_outbound_at from v where c.company_id = v.company_id and c.id = v.contact_id`,
    );

  test("takes back what failed or was cancelled, and keeps what was said, sent or written by hand", async () => {
    const silent = await thread();
    await sent(silent, refused("never"));
    const called = await thread();
    const call = { activityType: "call", title: "Call", occurredAt: ago(500) } as const;
    await logActivity(called.c, { contactId: called.contactId, ...call });
    await cancelMessage(called.c, (await write(called)).message.id);
    const written = await thread();
    const first = await sent(written);
    await tell(written, { id: first.id, status: "sent", ago: 300 });
    await sent(written, refused("never"));
    const corrected = await thread();
    await updateContact(corrected.c, corrected.contactId, { lastContactedAt: ago(400) });
    await sent(corrected, refused("never"));
    for (const one of [silent, called, written, corrected]) await asBefore(one);
    for (let turn = 0; turn < 2; turn += 1) {
      await migrate();
      expect(await lastContact(silent)).toMatchObject(never);
      expect(await lastContact(called)).toMatchObject({ person: ago(500), listed: ago(500), thread: null });
      expect(await lastContact(written)).toMatchObject(at(ago(300)));
      expect(await lastContact(corrected)).toMatchObject({ person: ago(400), listed: ago(400), thread: null });
    }
  });

  test("leaves alone what still waits, what may have left, and a time that a program wrote since", async () => {
    const waiting = await thread();
    await write(waiting);
    const taken = await thread();
    await sent(taken);
    for (const one of [waiting, taken]) {
      await asBefore(one);
      const before = await lastContact(one);
      await migrate();
      expect(await lastContact(one)).toEqual(before);
    }
    const later = await thread();
    await sent(later, refused("never"));
    await asBefore(later);
    await updateContact(later.c, later.contactId, { lastContactedAt: ago(-5) });
    await migrate();
    expect(await lastContact(later)).toMatchObject({ person: ago(-5), listed: ago(-5), thread: null });
  });
});

function echo(one: Thread, seconds: number) {
  const content = { type: "text", text: { body: "From the phone" } };
  const message = { from: "1", to: one.phone, id: nextId(), timestamp: String(startedAt - seconds), ...content };
  return envelope({ message_echoes: [message] }, `sim-${one.companyId}`, "smb_message_echoes");
}

/** A message of ours from the phone's past, ninety seconds ago. */
function history(one: Thread, status: string) {
  const content = { type: "text", text: { body: "From the past" } };
  const message = { from: "15550783881", to: one.phone, id: nextId(), timestamp: String(startedAt - 90), ...content };
  const threads = [{ id: one.phone, messages: [{ ...message, history_context: { status } }] }];
  return envelope({ history: [{ metadata: { phase: 1, progress: 10 }, threads }] }, `sim-${one.companyId}`, "history");
}
