import { expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { numbersAtMeta } from "../v1/numbers-at-meta.ts";

const { app, db, companyId, connected } = await numbersAtMeta();

test("/health tells of what waits on the way out, naming nobody", async () => {
  const health = (await app.inject({ method: "GET", url: "/health" })).json();
  expect(health.outbox).toMatchObject({ status: expect.any(String), unknown: 0, unknown_oldest_seconds: null });
  expect(health.outbox.unknown_over_an_hour).toBe(0);
  expect(health.webhooks_out).toEqual({
    status: "healthy",
    failing: 0,
    disabled: 0,
    paused: 0,
    paused_oldest_seconds: null,
    waiting: 0,
    oldest_seconds: null,
  });
  expect(health.notifications).toMatchObject({ status: "healthy", overdue: 0, mails_failed: 0, pushes_failed: 0 });
  expect(health.reminders).toMatchObject({ status: "healthy", overdue: 0, failed: 0, failed_oldest_seconds: null });
  expect(health.bot).toEqual({ status: "healthy", stuck: 0, oldest_seconds: null });
  await rows(
    db,
    `insert into webhook_endpoints (company_id, url, secret_sealed, disabled_at) values (${companyId}, 'https://a.example', 's', now())`,
  );
  const later = (await app.inject({ method: "GET", url: "/health" })).json();
  expect(later).toMatchObject({ status: "healthy", webhooks_out: { status: "disabled", disabled: 1 } });
  expect(JSON.stringify(later)).not.toContain("a.example");
});

test("/health counts messages of unknown fate at once, and is troubled by old ones alone", async () => {
  const { id } = await connected();
  const contactId = await personIn(db, companyId, { phone: "+15550100777" });
  const [send] = await rows<{ id: number }>(
    db,
    `with v as (insert into conversations (company_id, contact_id, channel_account_id) values (${companyId}, ${contactId}, ${id}) returning *),
      m as (insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, text, status, sent_at, origin)
        select company_id, id, contact_id, channel_account_id, 'out', 'text', 'Hello', 'queued', now(), 'api' from v returning *)
     insert into outbound_sends (company_id, message_id, conversation_id, contact_id, channel_account_id, purpose, request, origin, state)
     select company_id, id, conversation_id, contact_id, channel_account_id, 'service', '{}', 'api', 'unknown' from m returning id`,
  );
  const outbox = async (age: string) => {
    await rows(
      db,
      `update outbound_sends set called_at = now() - interval '${age}' where id = ${send?.id} returning id`,
    );
    return (await app.inject({ method: "GET", url: "/health" })).json().outbox;
  };
  const fresh = await outbox("5 minutes");
  expect(fresh).toMatchObject({ unknown: 1, unknown_over_an_hour: 0, unknown_oldest_seconds: expect.any(Number) });
  expect(fresh.status).not.toBe("unknown_fates");
  expect(await outbox("2 hours")).toMatchObject({ status: "unknown_fates", unknown: 1, unknown_over_an_hour: 1 });
  await rows(db, `delete from outbound_sends where id = ${send?.id} returning id`);
});
