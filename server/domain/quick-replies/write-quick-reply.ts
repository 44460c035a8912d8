import { sql } from "kysely";
import { foldText } from "../../../shared/fold-text.ts";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { checkPlaceholders } from "./fill-placeholders.ts";
import { getQuickReply, listQuickReplies, mostReplies, type QuickReply } from "./quick-reply.ts";

export type QuickReplyFields = { shortcut: string; title: string; text: string; language: string | null };
export type EditOptions = { ifVersion?: number };

/** A new ready answer; a shortcut that another one has is refused. */
export async function createQuickReply(ctx: Ctx, input: QuickReplyFields): Promise<QuickReply> {
  const fields = checked(input);
  return ctx.transact(async (tx) => {
    if ((await listQuickReplies(tx)).length >= mostReplies)
      throw new DomainError({ kind: "conflict", message: `A company can have ${mostReplies} quick replies at most.` });
    const row = await tx.tx.first(insertReply({ ...fields, ...stamp(tx), createdBy: actingUserId(tx) }));
    if (!row) throw await duplicate(tx, fields.shortcut);
    await recordEvent(tx, { type: "quick_reply.created", subject: { kind: "quick_reply", id: row.id }, after: fields });
    return getQuickReply(tx, row.id);
  });
}

export async function updateQuickReply(
  ctx: Ctx,
  id: number,
  patch: Partial<QuickReplyFields>,
  options: EditOptions = {},
): Promise<QuickReply> {
  return ctx.transact(async (tx) => {
    const { shortcut, title, text, language, version } = await lockReply(tx, id);
    requireVersion("quick reply", version, options.ifVersion);
    const before = { shortcut, title, text, language };
    const after = checked({ ...before, ...patch });
    const change = changedFields(before, after);
    if (!change) return getQuickReply(tx, id);
    const other = (await listQuickReplies(tx)).find((reply) => reply.shortcut === after.shortcut && reply.id !== id);
    if (other) throw await duplicate(tx, after.shortcut);
    await tx.tx.run(updateReply({ ...after, ...stamp(tx), id })).catch(duplicateWhereTaken);
    await recordEvent(tx, { type: "quick_reply.updated", subject: { kind: "quick_reply", id }, ...change });
    return getQuickReply(tx, id);
  });
}

export async function deleteQuickReply(ctx: Ctx, id: number, options: EditOptions = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { shortcut, title, text, version } = await lockReply(tx, id);
    requireVersion("quick reply", version, options.ifVersion);
    await tx.tx.run(deleteReply({ companyId: tx.companyId, id }));
    const before = { shortcut, title, text };
    await recordEvent(tx, { type: "quick_reply.deleted", subject: { kind: "quick_reply", id }, before });
  });
}

/** Counts one more use; nothing an edit would lose against. */
export async function countUse(tx: TxCtx, id: number): Promise<void> {
  await tx.tx.run(raiseUse({ companyId: tx.companyId, id }));
}

// Typed behind a slash, so without spaces; case and accents aside, because a phone's keyboard capitalises.
function checked({ shortcut, title, text, language }: QuickReplyFields): QuickReplyFields {
  const key = foldText(shortcut).replace(/^\//, "");
  if (!/^[\p{L}\p{N}\p{M}_-]{1,50}$/u.test(key))
    throw invalid("shortcut", "shortcut must have 1 to 50 letters, digits, hyphens or underscores");
  if (title.trim() === "") throw invalid("title", "title must not be empty");
  if (text.trim() === "" || text.length > 4_096) throw invalid("text", "text must have 1 to 4096 characters");
  checkPlaceholders(text);
  return { shortcut: key, title: title.trim(), text, language: language?.trim() || null };
}

async function lockReply(tx: TxCtx, id: number): Promise<QuickReply> {
  const row = await tx.tx.first(replyForUpdate({ companyId: tx.companyId, id }));
  if (!row) throw notFound("quick reply", id);
  return getQuickReply(tx, id);
}

async function duplicate(tx: TxCtx, shortcut: string): Promise<DomainError> {
  const existing = (await listQuickReplies(tx)).find((reply) => reply.shortcut === shortcut);
  return new DomainError({ ...taken, ...(existing ? { existingId: existing.id } : {}) });
}

function duplicateWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  if (constraint !== "quick_replies_company_id_shortcut_key") throw error;
  throw new DomainError(taken);
}

const taken = {
  kind: "duplicate",
  entity: "quick_reply",
  message: "A quick reply has this shortcut already.",
} as const;

function stamp(tx: TxCtx): { companyId: number; now: string } {
  return { companyId: tx.companyId, now: tx.now().toISOString() };
}

type Columns = QuickReplyFields & { companyId: number; now: string };

const insertReply = prepared<Columns & { createdBy: number | null }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into quick_replies (company_id, shortcut, title, text, language, created_by, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("shortcut")}::text, ${arg("title")}::text, ${arg("text")}::text,
      ${arg("language")}::text, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, shortcut) do nothing
    returning id`,
);

const updateReply = prepared<Columns & { id: number }>()(
  (_db, arg) => sql<never>`
    update quick_replies set shortcut = ${arg("shortcut")}::text, title = ${arg("title")}::text, text = ${arg("text")}::text,
      language = ${arg("language")}::text, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const deleteReply = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    delete from quick_replies where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const replyForUpdate = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from quick_replies where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const raiseUse = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update quick_replies set used_count = used_count + 1
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
