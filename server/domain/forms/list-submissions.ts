import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { requireRole } from "../accounts/permissions.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { getForm } from "./get-form.ts";

/** A filled-in form, as it was sent. */
export type Submission = {
  id: number;
  contactId: number | null;
  leadId: number | null;
  values: JsonObject;
  consented: boolean;
  consentText: string;
  outcome: "new" | "known" | "spam";
  submittedAt: string;
};

type Query = { formId: number; limit: number; cursor?: TimeCursor };

/** A form's submissions, newest first; programs' too. */
export async function listSubmissions(ctx: Ctx, query: Query): Promise<Page<Submission, TimeCursor>> {
  requireRole(ctx, "admin", "manager");
  requireWholeReach(ctx);
  const { formId, limit, cursor = newestFirst } = query;
  await getForm(ctx, formId);
  const rows = await ctx.db.all(submissionsOf({ companyId: ctx.companyId, formId, ...cursor, count: limit + 1 }));
  return pageOf(rows, limit, (row) => ({ at: row.submittedAt, id: row.id }));
}

const submissionsOf = prepared<{ companyId: number; formId: number; at: string; id: number; count: number }>()(
  (_db, arg) => sql<Submission>`
    select s.id, s.contact_id as "contactId", s.lead_id as "leadId", s.values, s.consented, s.consent_text as "consentText", s.outcome,
      s.submitted_at as "submittedAt"
    from form_submissions s
    where s.company_id = ${arg("companyId")}::bigint and s.form_id = ${arg("formId")}::bigint
      and (s.submitted_at, s.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by s.submitted_at desc, s.id desc limit ${arg("count")}::int`,
);
