import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { holdSends } from "../../sends/hold-sends.ts";

/** What a person last said about all messages on WhatsApp, and when we last confirmed it. */
export type LastWord = {
  state: string;
  at: Date;
  /** How the last stop was said. */
  stopText: string | null;
  stopConfirmedAt: Date | null;
  startConfirmedAt: Date | null;
};

/** Of people who ever said something; locks them, so that two workers do not both confirm and nothing is claimed for them meanwhile. */
export async function lastWords(tx: TxCtx, contactIds: number[]): Promise<Map<number, LastWord>> {
  await tx.tx.all(lockPeople({ companyId: tx.companyId, contactIds }));
  await holdSends(tx, contactIds);
  const rows = await tx.tx.all(wordsOf({ companyId: tx.companyId, contactIds }));
  return new Map(
    rows.map(({ contactId, state, at, stopText, stopConfirmedAt, startConfirmedAt }) => [
      contactId,
      {
        state,
        at: new Date(at),
        stopText,
        stopConfirmedAt: dateOf(stopConfirmedAt),
        startConfirmedAt: dateOf(startConfirmedAt),
      },
    ]),
  );
}

function dateOf(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}

type Row = {
  contactId: number;
  state: string;
  at: string;
  stopText: string | null;
  stopConfirmedAt: string | null;
  startConfirmedAt: string | null;
};

const lockPeople = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[])
    order by id for no key update`,
);

const wordsOf = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<Row>`
    select p.id as "contactId", w.state, w.at,
      (select evidence->>'text' from contact_consents c where c.company_id = ${arg("companyId")}::bigint
        and c.contact_id = p.id and c.channel = 'whatsapp' and c.purpose = 'all' and c.state = 'withdrawn'
        order by at desc, id desc limit 1) as "stopText",
      (select max(evidence->>'confirmed_at') from contact_consents c where c.company_id = ${arg("companyId")}::bigint
        and c.contact_id = p.id and c.channel = 'whatsapp' and c.purpose = 'all' and c.state = 'withdrawn') as "stopConfirmedAt",
      (select max(evidence->>'confirmed_at') from contact_consents c where c.company_id = ${arg("companyId")}::bigint
        and c.contact_id = p.id and c.channel = 'whatsapp' and c.purpose = 'all' and c.state = 'granted') as "startConfirmedAt"
    from unnest(${arg("contactIds")}::bigint[]) p (id)
    cross join lateral (
      select state, at from contact_consents
      where company_id = ${arg("companyId")}::bigint and contact_id = p.id and channel = 'whatsapp' and purpose = 'all'
      order by at desc, id desc limit 1
    ) w`,
);
