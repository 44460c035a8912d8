import { afterEach, expect, test, vi } from "vitest";
import { describeBacklogs, describeNotifications, describeReminders } from "../../server/cli/describe-backlogs.ts";
import { bookAppointment } from "../../server/domain/appointments/book-appointment.ts";
import { queueMessage } from "../../server/domain/sends/queue-message.ts";
import { webhookBacklog } from "../../server/domain/webhooks/webhook-backlog.ts";
import { threads } from "../domain/sends/thread.ts";
import { clinicIn } from "../factories/clinic.ts";
import { memberOf, personIn } from "../factories/people.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const database = await testDatabase();
const { db } = database;
const printed = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => printed.mockClear());

function output(): string {
  return printed.mock.calls.map((call) => call.join(" ")).join("\n");
}

test("the doctor says what waits on the way out, and calls for a person where one is needed", async () => {
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toContain("Outbox      0 waiting; 0 of them");
  expect(output()).toContain("Hooks out   0 waiting; 0 endpoints failing; 0 disabled");
  const one = await threads(database).thread();
  const text = { type: "text", text: "Hello" } as const;
  const hello = { conversationId: one.conversationId, content: text, origin: "user" } as const;
  const { message } = await queueMessage(one.c, hello);
  await rows(db, "update number_rates set paused_until = now() + interval '1 hour'");
  await rows(db, "update channel_accounts set status = 'disconnected'");
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toContain("Outbox      1 waiting; 1 of them for a number that is stopped");

  const lost = (age: string) =>
    rows(
      db,
      `update outbound_sends set state = 'unknown', called_at = now() - interval '${age}' where message_id = ${message.id}`,
    );
  await lost("5 minutes 5 seconds");
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toMatch(/; 1 of unknown fate \(0 for more than an hour\), the oldest for 3\d\d s/);
  await lost("2 hours 5 seconds");
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toMatch(/1 of unknown fate \(1 for more than an hour\), the oldest for 72\d\d s/);
  await lost("25 hours");
  expect(await describeBacklogs(db)).toBe(true);

  await rows(db, "delete from outbound_sends");
  await rows(
    db,
    `insert into webhook_endpoints (company_id, url, secret_sealed, failing_since) values (${one.companyId}, 'https://a.example', 's', now())`,
  );
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toContain("1 endpoints failing; 0 disabled");
  await rows(db, "update webhook_endpoints set disabled_at = now()");
  await rows(
    db,
    `insert into bot_turns (company_id, conversation_id, contact_id, first_message_id, last_message_id, due_at)
    values (${one.companyId}, ${one.conversationId}, ${one.contactId}, 1, 1, now() - interval '10 minutes')`,
  );
  printed.mockClear();
  expect(await describeBacklogs(db)).toBe(true);
  expect(output()).toContain("0 endpoints failing; 1 disabled");
  expect(output()).toContain("Bot         1 answers overdue");
});

test("the doctor says which endpoints their owners paused, and what waits for them", async () => {
  const companyId = await database.createCompany();
  await rows(
    db,
    `insert into webhook_endpoints (company_id, url, secret_sealed, paused_at) values (${companyId}, 'https://b.example', 's', now() - interval '3 hours 5 seconds')`,
  );
  await describeBacklogs(db);
  expect(output()).toMatch(/1 paused by their owners, the oldest for 108\d\d s/);
  expect(output()).toContain("POST /v1/webhooks/{id}/resume");
  expect(await webhookBacklog(db)).toMatchObject({ paused: 1, paused_oldest_seconds: expect.any(Number) });
});

test("the doctor says which digests wait, and which mails and pushes failed", async () => {
  expect(await describeNotifications(db)).toBe(false);
  expect(output()).toContain(
    "Told        0 mails and digests overdue; 0 mails failed and 0 pushes were refused in the last day",
  );
  const companyId = await database.createCompany();
  const userId = await memberOf(db, companyId, "admin");
  await rows(
    db,
    `insert into notification_mails (company_id, user_id, cadence, state, attempts, due_at, finished_at) values
      (${companyId}, ${userId}, 'digest', 'queued', 0, now() + interval '8 hours', null),
      (${companyId}, ${userId}, 'immediately', 'failed', 5, now(), now() - interval '3 days')`,
  );
  expect(await describeNotifications(db)).toBe(false);
  await rows(
    db,
    `with n as (insert into notifications (company_id, user_id, kind, title, dedupe_key) values (${companyId}, ${userId}, 'k', 't', 'd') returning id),
      s as (insert into push_subscriptions (company_id, user_id, endpoint, endpoint_hash, p256dh, auth)
        values (${companyId}, ${userId}, 'https://push.example', 'h', 'p', 'a') returning id)
    insert into push_sends (company_id, subscription_id, notification_id, state, due_at, finished_at)
      select ${companyId}, s.id, n.id, 'failed', now(), now() - interval '1 hour 5 seconds' from s, n`,
  );
  expect(await describeNotifications(db)).toBe(false);
  expect(output()).toMatch(/1 pushes were refused in the last day, the oldest for 36\d\d s/);
  await rows(db, "update notification_mails set due_at = now() - interval '2 hours 5 seconds' where state = 'queued'");
  expect(await describeNotifications(db)).toBe(true);
  expect(output()).toMatch(/1 mails and digests overdue, the oldest for 72\d\d s/);
  expect(output()).toContain("Are workers running");
  await rows(
    db,
    "update notification_mails set state = 'failed', finished_at = now() - interval '65 seconds' where state = 'queued'",
  );
  expect(await describeNotifications(db)).toBe(true);
  expect(output()).toMatch(/1 mails failed, the oldest for 6\d s/);
  expect(output()).toContain("e-mail account");
});

test("the doctor says which reminders wait and who could not be reminded", async () => {
  const companyId = await database.createCompany();
  const ctx = database.ctx(companyId);
  const contactId = await personIn(db, companyId, { phone: "+15550100001" });
  const startsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  await bookAppointment(ctx, { contactId, ...(await clinicIn(ctx)), startsAt, hours: "any" });
  expect(await describeReminders(db)).toBe(false);
  expect(output()).toContain("Reminders   0 overdue; 0 people could not be reminded in the last day");
  await rows(
    db,
    "update appointment_reminders set due_at = now() - interval '1 hour 5 seconds' where minutes_before = 1440",
  );
  expect(await describeReminders(db)).toBe(true);
  expect(output()).toMatch(/Reminders {3}1 overdue, the oldest for 36\d\d s/);
  await rows(
    db,
    "update appointment_reminders set state = 'failed', settled_at = now() - interval '65 seconds' where minutes_before = 1440",
  );
  printed.mockClear();
  expect(await describeReminders(db)).toBe(false);
  expect(output()).toMatch(/0 overdue; 1 people could not be reminded in the last day, the oldest for 6\d s/);
  expect(output()).toContain("their teams were told");
});
