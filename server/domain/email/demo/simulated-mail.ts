import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import { notFound } from "../../domain-error.ts";

/** A mail that the demo's own mail server took for somebody who is not there. */
export type SimulatedMail = {
  id: number;
  envelopeFrom: string;
  envelopeTo: string[];
  subject: string;
  from: string;
  to: string;
  text: string;
  html: string | null;
  /** Without angle brackets. */
  internetMessageId: string;
  /** The address an answer goes to. */
  replyTo: string;
  sizeBytes: number;
  receivedAt: string;
};

export type NewSimulatedMail = Omit<SimulatedMail, "id" | "sizeBytes" | "receivedAt"> & { raw: Buffer };

/** Keeps a mail; of the older ones only the newest five hundred stay. */
export async function keepSimulatedMail(
  db: Pick<Queries, "run">,
  companyId: number,
  { raw, ...mail }: NewSimulatedMail,
): Promise<void> {
  await db.run(insertMail({ ...mail, companyId, sizeBytes: raw.length, raw: raw.toString("base64") }));
  await db.run(dropOldest({ companyId, kept: 500 }));
}

/** Newest first. */
export async function listSimulatedMails(
  ctx: Ctx,
  { limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number },
): Promise<{ items: SimulatedMail[]; next: number | null }> {
  const rows = await ctx.db.all(selectMails({ companyId: ctx.companyId, before, limit: limit + 1 }));
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function getSimulatedMail(ctx: Ctx, id: number): Promise<SimulatedMail> {
  const row = await ctx.db.first(selectMail({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("simulated mail", id);
  return row;
}

/** As it came over the wire. */
export async function rawSimulatedMail(ctx: Ctx, id: number): Promise<Buffer> {
  const row = await ctx.db.first(selectRaw({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("simulated mail", id);
  return Buffer.from(row.raw, "base64");
}

const columns = sql`id, envelope_from as "envelopeFrom", to_jsonb(envelope_to) as "envelopeTo", subject, from_text as "from", to_text as "to",
  text, html, internet_message_id as "internetMessageId", reply_to as "replyTo", size_bytes as "sizeBytes", received_at as "receivedAt"`;

const selectMails = prepared<{ companyId: number; before: number; limit: number }>()(
  (_db, arg) => sql<SimulatedMail>`
    select ${columns} from simulated_mails
    where company_id = ${arg("companyId")}::bigint and id < ${arg("before")}::bigint order by id desc limit ${arg("limit")}::int`,
);

const selectMail = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<SimulatedMail>`
    select ${columns} from simulated_mails where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const selectRaw = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ raw: string }>`
    select encode(raw, 'base64') as raw from simulated_mails
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

type Row = Omit<NewSimulatedMail, "raw"> & { companyId: number; sizeBytes: number; raw: string };

const insertMail = prepared<Row>()(
  (_db, arg) => sql<never>`
    insert into simulated_mails (company_id, envelope_from, envelope_to, subject, from_text, to_text, text, html, internet_message_id,
      reply_to, size_bytes, raw)
    values (${arg("companyId")}::bigint, ${arg("envelopeFrom")}::text, ${arg("envelopeTo")}::text[], ${arg("subject")}::text,
      ${arg("from")}::text, ${arg("to")}::text, ${arg("text")}::text, ${arg("html")}::text, ${arg("internetMessageId")}::text,
      ${arg("replyTo")}::text, ${arg("sizeBytes")}::int, decode(${arg("raw")}::text, 'base64'))`,
);

const dropOldest = prepared<{ companyId: number; kept: number }>()(
  (_db, arg) => sql<never>`
    delete from simulated_mails where company_id = ${arg("companyId")}::bigint and id < (
      select id from simulated_mails where company_id = ${arg("companyId")}::bigint order by id desc offset ${arg("kept")}::int limit 1)`,
);
