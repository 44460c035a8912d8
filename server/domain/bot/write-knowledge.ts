import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { getKnowledge, type Knowledge, mostEntries } from "./knowledge.ts";

export type NewKnowledge = Pick<Knowledge, "question" | "answer"> &
  Partial<Pick<Knowledge, "keywords" | "language" | "active">>;

export async function createKnowledge(ctx: Ctx, input: NewKnowledge): Promise<Knowledge> {
  const { question, answer, keywords = [], language = null, active = true } = input;
  check({ question, answer });
  return ctx.transact(async (tx) => {
    const row = await tx.tx.first(
      insertEntry({ companyId: tx.companyId, question, answer, keywords, language, active, most: mostEntries }),
    );
    if (!row) throw new DomainError({ kind: "conflict", message: `There can be ${mostEntries} entries at most` });
    await recordEvent(tx, { type: "knowledge.created", ...subjectOf(tx), data: { id: row.id, question } });
    return getKnowledge(tx, row.id);
  });
}

export async function updateKnowledge(
  ctx: Ctx,
  id: number,
  patch: Partial<NewKnowledge>,
  options: { ifVersion?: number } = {},
): Promise<Knowledge> {
  return ctx.transact(async (tx) => {
    await tx.tx.first(lockEntry({ companyId: tx.companyId, id }));
    const before = await getKnowledge(tx, id);
    requireVersion("knowledge entry", before.version, options.ifVersion);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    check(after);
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(writeEntry({ ...after, companyId: tx.companyId, now: tx.now().toISOString() }));
    await recordEvent(tx, { type: "knowledge.updated", ...subjectOf(tx), ...change, data: { id } });
    return getKnowledge(tx, id);
  });
}

export async function deleteKnowledge(ctx: Ctx, id: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const row = await tx.tx.first(deleteEntry({ companyId: tx.companyId, id }));
    if (!row) throw notFound("knowledge entry", id);
    await recordEvent(tx, { type: "knowledge.deleted", ...subjectOf(tx), before: row, data: { id } });
  });
}

// Entries are the company's own text, not a record that others point to.
function subjectOf(tx: TxCtx) {
  return { subject: { kind: "company" as const, id: tx.companyId } };
}

function check({ question, answer }: { question: string; answer: string }): void {
  if (question.trim() === "") throw invalid("question", "question must not be empty");
  if (answer.trim() === "") throw invalid("answer", "answer must not be empty");
}

type Insert = {
  companyId: number;
  question: string;
  answer: string;
  keywords: string[];
  language: string | null;
  active: boolean;
  most: number;
};

const insertEntry = prepared<Insert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into knowledge_entries (company_id, question, answer, keywords, language, active)
    select ${arg("companyId")}::bigint, ${arg("question")}::text, ${arg("answer")}::text, ${arg("keywords")}::text[],
      ${arg("language")}::text, ${arg("active")}::boolean
    where (select count(*) from knowledge_entries where company_id = ${arg("companyId")}::bigint) < ${arg("most")}::int
    returning id`,
);

const lockEntry = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from knowledge_entries where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const writeEntry = prepared<Knowledge & { companyId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update knowledge_entries set question = ${arg("question")}::text, answer = ${arg("answer")}::text,
      keywords = ${arg("keywords")}::text[], language = ${arg("language")}::text, active = ${arg("active")}::boolean,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const deleteEntry = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ question: string; answer: string }>`
    delete from knowledge_entries where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint
    returning question, answer`,
);
