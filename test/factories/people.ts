import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";
import type { Role } from "../../server/domain/context.ts";

type PersonFields = {
  name?: string;
  email?: string;
  phone?: string;
  position?: string;
  stage?: string;
  company?: string;
};

/** A person straight in the table, for tests of what hangs on people. */
export async function personIn(db: Db, companyId: number, fields: PersonFields = {}): Promise<number> {
  const { name = "Ana", email = null, phone = null, position = null, stage = "new", company = null } = fields;
  const row = await db.first(insertPerson({ companyId, name, email, phone, position, stage, company }));
  if (!row) throw new Error("The person was not inserted.");
  return row.id;
}

/** A member of the company with a role. */
export async function memberOf(db: Db, companyId: number, role: Role): Promise<number> {
  const row = await db.first(insertMember({ companyId, role, email: `${randomUUID()}@example.test` }));
  if (!row) throw new Error("The member was not inserted.");
  return row.id;
}

type PersonArgs = {
  companyId: number;
  name: string;
  email: string | null;
  phone: string | null;
  position: string | null;
  stage: string;
  company: string | null;
};

const insertPerson = prepared<PersonArgs>()(
  (_db, arg) => sql<{ id: number }>`
    with organization as (
      insert into organizations (company_id, name, name_key)
      select ${arg("companyId")}::bigint, ${arg("company")}::text, lower(${arg("company")}::text) where ${arg("company")}::text is not null
      returning id
    )
    insert into contacts (company_id, name, email, phone, position, stage, organization_id)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("email")}::text, ${arg("phone")}::text, ${arg("position")}::text,
      ${arg("stage")}::text, (select id from organization))
    returning id`,
);

const insertMember = prepared<{ companyId: number; role: string; email: string }>()(
  (_db, arg) => sql<{ id: number }>`
    with person as (
      insert into users (email, first_name, last_name) values (${arg("email")}::text, 'Mia', 'Test') returning id
    )
    insert into memberships (company_id, user_id, role) select ${arg("companyId")}::bigint, id, ${arg("role")}::text from person
    returning user_id as id`,
);
