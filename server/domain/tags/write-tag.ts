import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { getTag } from "./list-tags.ts";
import type { Tag } from "./tag.ts";
import { tagKey } from "./tag-key.ts";

export type NewTag = { name: string; color?: string | null };

export async function createTag(ctx: Ctx, input: NewTag): Promise<Tag> {
  return ctx.transact(async (tx) => {
    const tag = await insertTag(tx, input);
    if (!tag) throw await duplicateTag(tx, input.name);
    return tag;
  });
}

/** The tag of this name, made where there is none. */
export async function tagNamed(tx: TxCtx, name: string): Promise<Tag> {
  const key = tagKey(name);
  const args = { companyId: tx.companyId, key };
  // The insert comes first only where nothing is found, so that a known tag costs no write.
  const tag =
    (await tx.tx.first(tagByKey(args))) ?? (await insertTag(tx, { name })) ?? (await tx.tx.first(tagByKey(args)));
  if (!tag) throw new Error("a tag was neither found nor made");
  return tag;
}

export async function renameTag(
  ctx: Ctx,
  tagId: number,
  patch: { name?: string; color?: string | null },
): Promise<Tag> {
  return ctx.transact(async (tx) => {
    const before = await getTag(tx, tagId);
    const after = {
      ...before,
      name: patch.name?.trim() ?? before.name,
      color: patch.color === undefined ? before.color : patch.color,
    };
    const change = changedFields(before, after);
    if (!change) return before;
    const args = { companyId: tx.companyId, tagId, name: after.name, key: tagKey(after.name), color: after.color };
    const written = await tx.tx.run(updateTag(args)).catch(duplicateWhereTaken);
    if (written === 0) return getTag(tx, tagId);
    await recordEvent(tx, { type: "tag.updated", subject: { kind: "tag", id: tagId }, ...change });
    return after;
  });
}

/** Takes the tag from everybody and away. */
export async function deleteTag(ctx: Ctx, tagId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const { name } = await getTag(tx, tagId);
    await tx.tx.run(deleteRow({ companyId: tx.companyId, tagId }));
    await recordEvent(tx, { type: "tag.deleted", subject: { kind: "tag", id: tagId }, before: { name } });
  });
}

async function insertTag(tx: TxCtx, { name, color = null }: NewTag): Promise<Tag | undefined> {
  const args = { companyId: tx.companyId, name: name.trim(), key: tagKey(name), color, now: tx.now().toISOString() };
  const tag = await tx.tx.first(insertRow(args));
  if (tag)
    await recordEvent(tx, { type: "tag.created", subject: { kind: "tag", id: tag.id }, after: { name: tag.name } });
  return tag;
}

const message = "A tag of this name exists already.";

async function duplicateTag(tx: TxCtx, name: string): Promise<DomainError> {
  const existing = await tx.tx.first(tagByKey({ companyId: tx.companyId, key: tagKey(name) }));
  const existingId = existing === undefined ? {} : { existingId: existing.id };
  return new DomainError({ kind: "duplicate", entity: "tag", message, ...existingId });
}

function duplicateWhereTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  if (constraint !== "tags_company_id_name_key_key") throw error;
  throw new DomainError({ kind: "duplicate", entity: "tag", message });
}

const tagByKey = prepared<{ companyId: number; key: string }>()(
  (_db, arg) => sql<Tag>`
    select id, name, color, created_at as "createdAt" from tags
    where company_id = ${arg("companyId")}::bigint and name_key = ${arg("key")}::text`,
);

const insertRow = prepared<{ companyId: number; name: string; key: string; color: string | null; now: string }>()(
  (_db, arg) => sql<Tag>`
    insert into tags (company_id, name, name_key, color, created_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("key")}::text, ${arg("color")}::text, ${arg("now")}::timestamptz)
    on conflict (company_id, name_key) do nothing
    returning id, name, color, created_at as "createdAt"`,
);

const updateTag = prepared<{ companyId: number; tagId: number; name: string; key: string; color: string | null }>()(
  (_db, arg) => sql<never>`
    update tags set name = ${arg("name")}::text, name_key = ${arg("key")}::text, color = ${arg("color")}::text
    where company_id = ${arg("companyId")}::bigint and id = ${arg("tagId")}::bigint`,
);

const deleteRow = prepared<{ companyId: number; tagId: number }>()(
  (_db, arg) => sql<never>`
    delete from tags where company_id = ${arg("companyId")}::bigint and id = ${arg("tagId")}::bigint`,
);
