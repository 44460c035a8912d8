import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import type { Ctx } from "../context.ts";
import { cancelQueuedSends } from "../sends/cancel-queued-sends.ts";
import { holdSends } from "../sends/hold-sends.ts";
import { suppressAddress } from "./suppress-address.ts";

export type Subscription = { companyName: string; locale: string; isOut: boolean };

/** Whose mail it is, for the page behind the way out; a look at it changes nothing. */
export async function subscriptionOf(ctx: Ctx, messageId: number): Promise<Subscription | undefined> {
  return ctx.db.first(standing({ companyId: ctx.companyId, messageId }));
}

/** The person wants no marketing mails any more: their word with its evidence, and the addresses the mail went to. Twice is once. */
export async function unsubscribe(ctx: Ctx, messageId: number): Promise<Subscription | undefined> {
  return ctx.transact(async (tx) => {
    const { companyId } = tx;
    const known = await tx.tx.first(standing({ companyId, messageId }));
    const mail = await tx.tx.first(recipients({ companyId, messageId }));
    if (!known || !mail || known.isOut) return known;
    const { contactId } = mail;
    await holdSends(tx, [contactId]);
    await recordConsent(tx, {
      contactId,
      channel: "email",
      purpose: "marketing",
      state: "withdrawn",
      source: "unsubscribe_link",
      at: tx.now(),
      evidence: { message_id: messageId, addresses: mail.addresses },
    });
    await cancelQueuedSends(tx, { contactIds: [contactId], channel: "email", purposes: ["marketing"] });
    for (const address of mail.addresses.toSorted())
      await suppressAddress(tx, { address, reason: "unsubscribed", detail: { message_id: messageId } });
    return { ...known, isOut: true };
  });
}

const standing = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<Subscription>`
    select o.name as "companyName", s.locale, coalesce((
        select k.state = 'withdrawn' from contact_consents k
        where k.company_id = e.company_id and k.contact_id = e.contact_id and k.channel = 'email' and k.purpose = 'marketing'
        order by k.at desc, k.id desc limit 1), false) as "isOut"
    from emails e join companies o on o.id = e.company_id join company_settings s on s.company_id = e.company_id
    where e.company_id = ${arg("companyId")}::bigint and e.message_id = ${arg("messageId")}::bigint`,
);

const recipients = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<{ contactId: number; addresses: string[] }>`
    select contact_id as "contactId", (select coalesce(jsonb_agg(t.value ->> 'address'), '[]') from jsonb_array_elements(to_addresses) t)
      as addresses
    from emails where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint`,
);
