import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { scoreContacts } from "./score-contacts.ts";
import { bandOf } from "./score-lead.ts";
import type { ScoreBand } from "./scoring-rules.ts";

/** A person's score with its explanation; empty where the score was set by hand or never computed. */
export type ExplainedScore = {
  contactId: number;
  score: number;
  band: ScoreBand;
  breakdown: Record<string, number>;
  reasons: Record<string, string>;
  computedAt: string | null;
};

/** Computes one person's score anew and writes it. */
export async function calculateLeadScore(ctx: Ctx, contactId: number): Promise<ExplainedScore> {
  return ctx.transact(async (tx) => {
    await requireContact(tx, contactId);
    const [scored] = await scoreContacts(tx, [contactId]);
    if (!scored) throw notFound("contact", contactId);
    return getLeadScore(tx, contactId);
  });
}

export async function getLeadScore(ctx: Ctx, contactId: number): Promise<ExplainedScore> {
  const row = await ctx.db.first(scoreOfContact({ companyId: ctx.companyId, contactId, ...reachArgs(ctx) }));
  if (!row) throw notFound("contact", contactId);
  // A score set by hand since has no breakdown: the computed one would explain another number.
  const explains = row.computedScore === row.score;
  return {
    contactId,
    score: row.score,
    band: bandOf(row.score),
    breakdown: explains ? (row.breakdown ?? {}) : {},
    reasons: explains ? (row.reasons ?? {}) : {},
    computedAt: explains ? row.computedAt : null,
  };
}

type ScoreRow = {
  score: number;
  computedScore: number | null;
  breakdown: Record<string, number> | null;
  reasons: Record<string, string> | null;
  computedAt: string | null;
};

const scoreOfContact = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<ScoreRow>`
    select c.lead_score as score, s.score as "computedScore", s.breakdown, s.reasons, s.computed_at as "computedAt"
    from contacts c
    left join lead_scores s on s.company_id = c.company_id and s.contact_id = c.id and s.component = 'chatbot'
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
