import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Form, formColumns } from "./form.ts";

/** A company has so many at most, so that they are one short list. */
export const mostForms = 200;

export async function getForm(ctx: Ctx, formId: number): Promise<Form> {
  const form = await ctx.db.first(formById({ companyId: ctx.companyId, formId }));
  if (!form) throw notFound("form", formId);
  return form;
}

/** All of them, newest first. */
export async function listForms(ctx: Ctx): Promise<Form[]> {
  return ctx.db.all(allForms({ companyId: ctx.companyId }));
}

export type PublicForm = Form & { companyId: number; companyName: string; locale: string };

/** The form behind a public address; undefined where there is none, or none that is open. */
export async function formByKey(db: Db, key: string): Promise<PublicForm | undefined> {
  if (!/^[A-Za-z0-9_-]{10,60}$/.test(key)) return undefined;
  return db.first(openForm({ key }));
}

const formById = prepared<{ companyId: number; formId: number }>()(
  (_db, arg) => sql<Form>`
    select ${formColumns} from lead_forms f where f.company_id = ${arg("companyId")}::bigint and f.id = ${arg("formId")}::bigint`,
);

const allForms = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Form>`
    select ${formColumns} from lead_forms f where f.company_id = ${arg("companyId")}::bigint
    order by f.id desc limit ${sql.lit(mostForms)}`,
);

// Whose it is says the key alone: a visitor belongs to no company.
const openForm = prepared<{ key: string }>()(
  (_db, arg) => sql<PublicForm>`
    select ${formColumns}, f.company_id as "companyId", c.name as "companyName", coalesce(s.locale, 'en') as locale
    from lead_forms f join companies c on c.id = f.company_id
    left join company_settings s on s.company_id = f.company_id
    where f.key = ${arg("key")}::text and f.active`,
);
