import type pg from "pg";
import { conversations, messages } from "./conversations.ts";
import { contacts, identities, inboxes, leads, organizations, searchTexts } from "./people.ts";
import type { FillPlan, FillStep } from "./step.ts";
import { appointments, clinics } from "./visits.ts";
import { activities, deals, events, tasks } from "./work.ts";

const people = [organizations, contacts, inboxes, searchTexts, identities, leads];
const steps = [...people, conversations, messages, deals, tasks, activities, appointments, events];
/** Their rows bear the person's id. */
const withoutIds = new Set(["contact_inbox", "contact_search", "contact_identities"]);
const batch = 100_000;

/** The tables that a fill writes, largest part of the database. */
export const filledTables = steps.map((step) => step.table);

export type FillOptions = { companyId: number; contacts: number; messages: number; now: Date };

/**
 * Fills a company with people and what belongs to them, in proportion. The rows fit together by construction, so foreign
 * keys are not checked one by one; that takes a superuser.
 */
export async function fillCompany(client: pg.Client, options: FillOptions): Promise<void> {
  await client.query("set session_replication_role = replica");
  // A machine at work with other things takes longer for a hundred thousand rows than any request may.
  await client.query("set statement_timeout = 0");
  await client.query("set synchronous_commit = off");
  const plan = await planOf(client, options);
  await client.query(clinics, [options.companyId]);
  for (const step of steps) await fillTable(client, step, plan, options);
  await client.query(
    `insert into company_counters (company_id, name, last_value) values ($1, 'lead', $2)
     on conflict (company_id, name) do update set last_value = excluded.last_value`,
    [options.companyId, options.contacts],
  );
  await client.query("reset session_replication_role");
  // Planned for empty tables the recount would take minutes.
  await client.query(`analyze ${filledTables.join(", ")}`);
  // No trigger saw what was filled in.
  await client.query("select rebuild_rollups($1)", [options.companyId]);
  await client.query("select rebuild_sales_days($1), rebuild_customer_sales($1)", [options.companyId]);
  await client.query("reset synchronous_commit");
}

async function planOf(client: pg.Client, options: FillOptions): Promise<FillPlan> {
  const channel = await client.query<{ id: string }>(
    "select id from channel_accounts where company_id = $1 order by id limit 1",
    [options.companyId],
  );
  return {
    contacts: options.contacts,
    perConversation: Math.max(1, Math.round(options.messages / (options.contacts / 2))),
    channel: Number(channel.rows[0]?.id),
    people: await lastId(client, "contacts"),
    organizations: await lastId(client, "organizations"),
    leads: await lastId(client, "leads"),
    conversations: await lastId(client, "conversations"),
    messages: await lastId(client, "messages"),
    deals: await lastId(client, "deals"),
  };
}

async function fillTable(client: pg.Client, step: FillStep, plan: FillPlan, options: FillOptions): Promise<void> {
  const numbers = Math.min(Math.floor(options.contacts * step.share), step.most ?? Number.POSITIVE_INFINITY);
  const before = withoutIds.has(step.table) ? 0 : await lastId(client, step.table);
  for (let first = 1; first <= numbers; first += batch) {
    const last = Math.min(first + batch - 1, numbers);
    const values = [options.companyId, first, last, before, options.now, JSON.stringify(plan), ...step.values];
    await client.query(step.sql, values);
  }
  const rows = step.table === "messages" ? numbers * plan.perConversation : numbers;
  if (!withoutIds.has(step.table)) await client.query(`select setval('${step.table}_id_seq', $1)`, [before + rows]);
}

/** The highest id given out; nothing below is used twice. */
async function lastId(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ last: string }>(
    `select case when is_called then last_value else 0 end as last from ${table}_id_seq`,
  );
  return Number(rows[0]?.last ?? 0);
}
