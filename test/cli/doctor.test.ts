import { afterEach, expect, test, vi } from "vitest";
import { describeBacklogs } from "../../server/cli/describe-backlogs.ts";
import { queueMessage } from "../../server/domain/sends/queue-message.ts";
import { threads } from "../domain/sends/thread.ts";
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
  await lost("2 hours");
  expect(await describeBacklogs(db)).toBe(false);
  expect(output()).toMatch(/1 of unknown fate, the oldest for 72\d\d s/);
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
