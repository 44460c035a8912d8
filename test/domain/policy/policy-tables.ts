import { createCtx } from "../../../server/domain/context.ts";
import { decideSends } from "../../../server/domain/policy/decide-sends.ts";
import type { SendDecision, WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { ago, noon } from "./facts.ts";

export const sqlTime = (at: Date | null) => (at === null ? "null" : `'${at.toISOString()}'::timestamptz`);

export const send = (contactId: number, channelAccountId: number, rest: Partial<WantedSend> = {}): WantedSend => ({
  contactId,
  channelAccountId,
  purpose: "service",
  content: { kind: "free" },
  origin: "user",
  ...rest,
});

const shown = (decision: SendDecision | undefined) =>
  !decision || decision.outcome === "allowed" ? decision?.outcome : `${decision.outcome} ${decision.obstacle}`;

type Sent = { age: string; state?: string; called?: boolean; purpose?: string; outside?: boolean; origin?: string };

/** A database with companies, numbers, people and sends as the tests of the policy want them, at noon. */
export async function policyTables() {
  const { db, createCompany } = await testDatabase();
  const ctxOf = (companyId: number) => createCtx({ db, companyId, actor: { kind: "system" }, now: () => noon });
  async function idOf(text: string): Promise<number> {
    const [row] = await rows<{ id: number }>(db, text);
    if (!row) throw new Error(`nothing was written by ${text}`);
    return row.id;
  }

  async function company() {
    const companyId = await createCompany();
    await rows(
      db,
      `update company_settings set time_zone = 'Europe/Berlin' where company_id = ${companyId} returning company_id`,
    );
    return companyId;
  }

  const numberIn = (companyId: number, fields = "'whatsapp_cloud', 'connected', null, null, '{}'") =>
    idOf(`insert into channel_accounts (company_id, provider, status, business_id, messaging_limit, health, name, external_id, waba_id)
      values (${companyId}, ${fields}, 'Main', 'x' || nextval('channel_accounts_id_seq'), 'waba') returning id`);

  const templateIn = (companyId: number, name: string, category: string, status = "APPROVED") =>
    idOf(`insert into templates (company_id, waba_id, name, language, category, status, quality)
      values (${companyId}, 'waba', '${name}', 'en', '${category}', '${status}', 'GREEN') returning id`);

  async function somebody(
    companyId: number,
    channel: number,
    given: { window?: Date | null; phone?: string; fields?: string } = {},
  ) {
    const { window = ago(noon, "-1h"), phone = "+4915112345678", fields } = given;
    const contactId = await personIn(db, companyId, { phone });
    if (fields) await rows(db, `update contacts set ${fields} where id = ${contactId} returning id`);
    const conversationId =
      await idOf(`insert into conversations (company_id, contact_id, channel_account_id, window_expires_at, last_inbound_at)
      values (${companyId}, ${contactId}, ${channel}, ${sqlTime(window)}, ${sqlTime(window && ago(window, "24h"))}) returning id`);
    return { contactId, conversationId };
  }

  async function sent(
    companyId: number,
    channel: number,
    person: { contactId: number; conversationId: number },
    given: Sent,
  ) {
    const { age, state = "accepted", called = true, purpose = "utility", outside = true, origin = "user" } = given;
    const at = sqlTime(ago(noon, age));
    const keys = `${companyId}, ${person.conversationId}, ${person.contactId}, ${channel}`;
    const message =
      await idOf(`insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, origin)
      values (${keys}, 'out', 'text', ${at}, 'api') returning id`);
    return idOf(`insert into outbound_sends (company_id, conversation_id, contact_id, channel_account_id, message_id, purpose, request, state,
        origin, outside_window, called_at, created_at, next_attempt_at)
      values (${keys}, ${message}, '${purpose}', '{}', '${state}', '${origin}', ${outside}, ${called ? at : "null"}, ${at}, ${at}) returning id`);
  }

  async function decided(companyId: number, ...wanted: WantedSend[]) {
    return (await decideSends(ctxOf(companyId), wanted)).map(shown);
  }
  return { db, ctxOf, company, numberIn, templateIn, somebody, sent, decided };
}
