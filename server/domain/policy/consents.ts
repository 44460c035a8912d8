import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import { requireContact } from "../contacts/require-contact.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { cancelQueuedSends } from "../sends/cancel-queued-sends.ts";
import { holdSends } from "../sends/hold-sends.ts";

export type ConsentRecord = {
  id: number;
  channel: string;
  purpose: string;
  state: "granted" | "withdrawn";
  source: string;
  evidence: JsonObject;
  at: string;
};

export type ConsentCursor = { at: string; id: number };

/** What a person agreed to and withdrew, newest first; of each channel and purpose the first holds. */
export async function listConsents(
  ctx: Ctx,
  contactId: number,
  { limit, cursor }: { limit: number; cursor?: ConsentCursor },
): Promise<{ items: ConsentRecord[]; next: ConsentCursor | null }> {
  await requireContact(ctx, contactId);
  const { at = "infinity", id = Number.MAX_SAFE_INTEGER } = cursor ?? {};
  const rows = await ctx.db.all(consentsOf({ companyId: ctx.companyId, contactId, at, id, limit: limit + 1 }));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { at: last.at, id: last.id } : null };
}

export type HandConsent = {
  channel: string;
  purpose: string;
  state: "granted" | "withdrawn";
  /** Where it was said: a form, a call, a contract. */
  source: string;
  /** In words, so that somebody else can check it later. */
  evidence: string;
};

/** Writes down what a person said elsewhere. An agreement wants evidence; a refusal is taken as it comes. */
export async function changeConsent(ctx: Ctx, contactId: number, consent: HandConsent): Promise<ConsentRecord> {
  const { channel, purpose, state, source, evidence } = consent;
  if (state === "granted" && evidence.trim() === "")
    throw invalid("evidence", "evidence must say how and when the person agreed");
  return ctx.transact(async (tx) => {
    await requireContact(tx, contactId);
    const at = tx.now();
    const words = { note: evidence.trim(), recorded_by_user_id: actingUserId(tx) };
    await holdSends(tx, [contactId]);
    await recordConsent(tx, { contactId, channel, purpose, state, source, at, evidence: words });
    if (state === "withdrawn" && (channel === "whatsapp" || channel === "email"))
      await cancelQueuedSends(tx, { contactIds: [contactId], channel, purposes: ["marketing"] });
    const written = await tx.db.first(
      latestConsent({ companyId: tx.companyId, contactId, channel, purpose, at: at.toISOString() }),
    );
    if (!written) throw new Error("the consent was not written");
    return written;
  });
}

const consentsOf = prepared<{ companyId: number; contactId: number; at: string; id: number; limit: number }>()(
  (_db, arg) => sql<ConsentRecord>`
    select id, channel, purpose, state, source, evidence, at from contact_consents
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and (at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by at desc, id desc limit ${arg("limit")}::int`,
);

const latestConsent = prepared<{
  companyId: number;
  contactId: number;
  channel: string;
  purpose: string;
  at: string;
}>()(
  (_db, arg) => sql<ConsentRecord>`
    select id, channel, purpose, state, source, evidence, at from contact_consents
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and channel = ${arg("channel")}::text
      and purpose = ${arg("purpose")}::text and at = ${arg("at")}::timestamptz
    order by id desc limit 1`,
);
