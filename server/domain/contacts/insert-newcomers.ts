import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { contactSearchText } from "./contact-search-text.ts";

export type Newcomer = {
  name: string;
  phone: string | null;
  email: string | null;
  country: string | null;
  source: string;
};

/** Makes contacts of people who wrote for the first time; their ids in the order given. */
export async function insertNewcomers(tx: TxCtx, newcomers: Newcomer[]): Promise<number[]> {
  if (newcomers.length === 0) return [];
  const rows = newcomers.map((person) => ({
    ...person,
    search_text: contactSearchText(person),
    ...splitName(person.name),
  }));
  const created = await tx.tx.all(insertContacts({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  await recordEvents(
    tx,
    created.map(({ id, name, phone, email, source }) => ({
      type: "contact.created",
      subject: { kind: "contact", id },
      after: { name, phone, ...(email === null ? {} : { email }), source, stage: "new" },
    })),
  );
  return created.map(({ id }) => id);
}

/** First word and the rest: a guess that a person may correct. */
export function splitName(name: string): { first_name: string; last_name: string } {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  return { first_name: first, last_name: rest.join(" ") };
}

type Created = { id: number; name: string; phone: string | null; email: string | null; source: string };

// Ids are drawn in the order of the rows before the insert, because RETURNING promises no order.
const insertContacts = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Created>`
    with people as materialized (
      select nextval('contacts_id_seq') as id, r.*
      from (select value, ordinality from jsonb_array_elements(${arg("rows")}::jsonb) with ordinality order by ordinality) as e,
        jsonb_to_record(e.value) as r (name text, first_name text, last_name text, phone text, email text, country text, source text,
          search_text text)
    ), inserted as (
      insert into contacts (company_id, id, name, first_name, last_name, phone, email, country, source, search_text)
      select ${arg("companyId")}::bigint, id, name, first_name, last_name, phone, email, country, source, search_text from people
    )
    select id, name, phone, email, source from people order by id`,
);
