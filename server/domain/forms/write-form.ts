import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireRole } from "../accounts/permissions.ts";
import { requireMember } from "../accounts/require-member.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, invalid, notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import type { Form } from "./form.ts";
import { checkFormFields } from "./form-fields.ts";
import { getForm, listForms, mostForms } from "./get-form.ts";

export type FormInput = Omit<Form, "id" | "key" | "version" | "createdAt" | "updatedAt">;
export type NewForm = Pick<FormInput, "name" | "fields"> & Partial<FormInput>;
type EditOptions = { ifVersion?: number };

/** A new form with an address of its own. */
export async function createForm(ctx: Ctx, input: NewForm): Promise<Form> {
  requireRole(ctx, "admin", "manager");
  return ctx.transact(async (tx) => {
    if ((await listForms(tx)).length >= mostForms)
      throw new DomainError({ kind: "conflict", message: `A company can have ${mostForms} forms at most.` });
    const fields = await checked(tx, { ...usual, ...input });
    const key = randomBytes(16).toString("base64url");
    const row = await tx.tx.first(insertForm({ ...bound(fields), ...stamp(tx), key, createdBy: actingUserId(tx) }));
    if (!row) throw new Error("the form was not stored");
    await recordEvent(tx, { type: "form.created", subject: { kind: "form", id: row.id }, after: fields });
    return getForm(tx, row.id);
  });
}

export async function updateForm(
  ctx: Ctx,
  formId: number,
  patch: Partial<FormInput>,
  options: EditOptions = {},
): Promise<Form> {
  requireRole(ctx, "admin", "manager");
  return ctx.transact(async (tx) => {
    const { id, key: _key, version, createdAt: _made, updatedAt: _edited, ...before } = await lockForm(tx, formId);
    requireVersion("form", version, options.ifVersion);
    const after = await checked(tx, { ...before, ...patch });
    const change = changedFields(before, after);
    if (!change) return getForm(tx, id);
    await tx.tx.run(writeForm({ ...bound(after), ...stamp(tx), formId }));
    await recordEvent(tx, { type: "form.updated", subject: { kind: "form", id }, ...change });
    return getForm(tx, id);
  });
}

/** Closes the form for good, with its submissions; the people and leads stay. */
export async function deleteForm(ctx: Ctx, formId: number, options: EditOptions = {}): Promise<void> {
  requireRole(ctx, "admin", "manager");
  await ctx.transact(async (tx) => {
    const { name, version } = await lockForm(tx, formId);
    requireVersion("form", version, options.ifVersion);
    await tx.tx.run(dropForm({ companyId: tx.companyId, formId }));
    await recordEvent(tx, { type: "form.deleted", subject: { kind: "form", id: formId }, before: { name } });
  });
}

const usual: Omit<FormInput, "name" | "fields"> = {
  consentText: "",
  consentRequired: false,
  thanksText: "",
  redirectUrl: null,
  source: "website",
  ownerUserId: null,
  tags: [],
  submissionsPerHour: 600,
  active: true,
};

async function checked(tx: TxCtx, input: FormInput): Promise<FormInput> {
  const { name, fields, consentText, consentRequired, redirectUrl, source, ownerUserId, submissionsPerHour } = input;
  if (name.trim() === "" || name.length > 200) throw invalid("name", "name must have 1 to 200 characters");
  if (source.trim() === "" || source.length > 100) throw invalid("source", "source must have 1 to 100 characters");
  checkFormFields(fields);
  if (consentRequired && consentText.trim() === "")
    throw invalid("consentText", "Nobody can be asked to agree to an empty text.");
  if (redirectUrl !== null && !/^https?:$/.test(URL.parse(redirectUrl)?.protocol ?? ""))
    throw invalid("redirectUrl", "redirectUrl must be an http:// or https:// address");
  if (submissionsPerHour < 1 || submissionsPerHour > 100_000)
    throw invalid("submissionsPerHour", "submissionsPerHour must be from 1 to 100000");
  await requireMember(tx, "ownerUserId", ownerUserId);
  return input;
}

function bound({ fields, ...rest }: FormInput) {
  return { ...rest, fields: JSON.stringify(fields) };
}

function stamp(tx: TxCtx): { companyId: number; now: string } {
  return { companyId: tx.companyId, now: tx.now().toISOString() };
}

async function lockForm(tx: TxCtx, formId: number): Promise<Form> {
  const row = await tx.tx.first(formForUpdate({ companyId: tx.companyId, formId }));
  if (!row) throw notFound("form", formId);
  return getForm(tx, formId);
}

const formForUpdate = prepared<{ companyId: number; formId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from lead_forms
    where company_id = ${arg("companyId")}::bigint and id = ${arg("formId")}::bigint for update`,
);

type Columns = Omit<FormInput, "fields"> & { fields: string; companyId: number; now: string };

const insertForm = prepared<Columns & { key: string; createdBy: number | null }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into lead_forms (company_id, key, name, fields, consent_text, consent_required, thanks_text, redirect_url, source,
      owner_user_id, tags, submissions_per_hour, active, created_by, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("key")}::text, ${arg("name")}::text, ${arg("fields")}::jsonb, ${arg("consentText")}::text,
      ${arg("consentRequired")}::boolean, ${arg("thanksText")}::text, ${arg("redirectUrl")}::text, ${arg("source")}::text,
      ${arg("ownerUserId")}::bigint, ${arg("tags")}::text[], ${arg("submissionsPerHour")}::int, ${arg("active")}::boolean,
      ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const writeForm = prepared<Columns & { formId: number }>()(
  (_db, arg) => sql<never>`
    update lead_forms set name = ${arg("name")}::text, fields = ${arg("fields")}::jsonb, consent_text = ${arg("consentText")}::text,
      consent_required = ${arg("consentRequired")}::boolean, thanks_text = ${arg("thanksText")}::text,
      redirect_url = ${arg("redirectUrl")}::text, source = ${arg("source")}::text, owner_user_id = ${arg("ownerUserId")}::bigint,
      tags = ${arg("tags")}::text[], submissions_per_hour = ${arg("submissionsPerHour")}::int, active = ${arg("active")}::boolean,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("formId")}::bigint`,
);

const dropForm = prepared<{ companyId: number; formId: number }>()(
  (_db, arg) => sql<never>`
    delete from lead_forms where company_id = ${arg("companyId")}::bigint and id = ${arg("formId")}::bigint`,
);
