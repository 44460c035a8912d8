import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, type FieldProblem, notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { CustomEntity, CustomField, CustomKind } from "./custom-field.ts";

export type NewCustomField = { entity: CustomEntity; key: string; label: string; kind: CustomKind; options?: string[] };

export async function defineCustomField(ctx: Ctx, input: NewCustomField): Promise<CustomField> {
  check(input);
  return ctx.transact(async (tx) => {
    const { options = [], ...rest } = input;
    const field = await tx.tx.first(
      insertField({ companyId: tx.companyId, ...rest, options, now: tx.now().toISOString() }),
    );
    if (!field) throw duplicate(input);
    const after = { entity: input.entity, key: input.key, label: input.label, kind: input.kind };
    await recordEvent(tx, { type: "custom_field.defined", subject: { kind: "company", id: tx.companyId }, after });
    return field;
  });
}

/** Takes the field away; values that were written under it stay in the records, unseen, and are there again when it is defined anew. */
export async function deleteCustomField(ctx: Ctx, fieldId: number): Promise<void> {
  await ctx.transact(async (tx) => {
    const before = await tx.tx.first(deleteField({ companyId: tx.companyId, fieldId }));
    if (!before) throw notFound("custom_field", fieldId);
    await recordEvent(tx, { type: "custom_field.deleted", subject: { kind: "company", id: tx.companyId }, before });
  });
}

function duplicate({ key }: NewCustomField): DomainError {
  return new DomainError({ kind: "duplicate", entity: "custom_field", message: `There is a field "${key}" already.` });
}

function check({ key, label, kind, options = [] }: NewCustomField): void {
  const problems: FieldProblem[] = [];
  const add = (path: string, message: string) => problems.push({ path, message });
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(key))
    add("key", "key must be small letters, digits and _, beginning with a letter");
  if (label.trim() === "" || label.length > 100) add("label", "label must have 1 to 100 characters");
  if ((kind === "select") !== options.length > 0)
    add("options", "options belong to a select, which needs at least one");
  if (options.length > 200 || options.some((option) => option === "" || option.length > 200)) {
    add("options", "options must be at most 200 texts of 1 to 200 characters");
  }
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

type Row = Required<NewCustomField> & { companyId: number; now: string };

const insertField = prepared<Row>()(
  (_db, arg) => sql<CustomField>`
    insert into custom_fields (company_id, entity, key, label, kind, options, created_at)
    values (${arg("companyId")}::bigint, ${arg("entity")}::text, ${arg("key")}::text, ${arg("label")}::text, ${arg("kind")}::text,
      ${arg("options")}::text[], ${arg("now")}::timestamptz)
    on conflict (company_id, entity, key) do nothing
    returning id, entity, key, label, kind, options, created_at as "createdAt"`,
);

const deleteField = prepared<{ companyId: number; fieldId: number }>()(
  (_db, arg) => sql<{ entity: string; key: string; label: string; kind: string }>`
    delete from custom_fields where company_id = ${arg("companyId")}::bigint and id = ${arg("fieldId")}::bigint
    returning entity, key, label, kind`,
);
