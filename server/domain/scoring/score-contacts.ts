import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { writeLeadScores } from "../contacts/write-lead-scores.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { factsOf } from "./facts-of.ts";
import { type LeadScore, scoreLead } from "./score-lead.ts";

export type ScoredContact = LeadScore & { contactId: number; before: number };

/** Scores these people by what is known now. An unchanged score is written again with its time, and told to nobody. */
export async function scoreContacts(tx: TxCtx, contactIds: number[]): Promise<ScoredContact[]> {
  if (contactIds.length === 0) return [];
  // Locked in one order, before the facts are read: two scorings of one person come one after the other and see the same facts.
  const known = await tx.tx.all(lockScores({ companyId: tx.companyId, contactIds }));
  const facts = await factsOf(tx.db, tx.companyId, contactIds);
  const scored = known.flatMap(({ contactId, before }) => {
    const leadFacts = facts.get(contactId);
    return leadFacts ? [{ contactId, before, ...scoreLead(leadFacts) }] : [];
  });
  const now = tx.now().toISOString();
  await tx.tx.run(upsertScores({ companyId: tx.companyId, rows: JSON.stringify(scored), now }));
  const changed = scored.filter(({ score, before }) => score !== before);
  await writeLeadScores(
    tx,
    changed.map(({ contactId, score }) => ({ contactId, score })),
  );
  await recordScored(tx, changed);
  return scored;
}

const lockScores = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ contactId: number; before: number }>`
    select id as "contactId", lead_score as before from contacts
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[]) and deleted_at is null
    order by id for no key update`,
);

const upsertScores = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into lead_scores (company_id, contact_id, component, score, band, breakdown, reasons, computed_at)
    select ${arg("companyId")}::bigint, r."contactId", 'chatbot', r.score, r.band, r.breakdown, r.reasons, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("contactId" bigint, score int, band text, breakdown jsonb, reasons jsonb)
    on conflict (company_id, contact_id, component) do update set score = excluded.score, band = excluded.band,
      breakdown = excluded.breakdown, reasons = excluded.reasons, computed_at = excluded.computed_at`,
);

async function recordScored(tx: TxCtx, changed: ScoredContact[]): Promise<void> {
  await recordEvents(
    tx,
    changed.map(({ contactId, before, score, band, breakdown }) => ({
      type: "lead.scored",
      subject: { kind: "contact", id: contactId },
      before: { leadScore: before },
      after: { leadScore: score },
      data: { band, breakdown },
    })),
  );
}
