import { sql } from "kysely";
import type { Db } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import { createCtx, inTransaction, type TxCtx } from "../../context.ts";
import { defaultSendSettings } from "../../policy/send-settings.ts";
import { unknownReason } from "./plan-end.ts";
import { vendorOf } from "./vendor-of.ts";
import type { EndedSend } from "./write-ends.ts";
import { writeEnds } from "./write-ends.ts";

const batch = 500;

/** Rows whose worker died between the call and the note of it: the vendor may have the message. Gives how many. */
export async function expireLeases(db: Db, now: Date): Promise<number> {
  return inCompanies(
    db,
    now,
    expired({ now: now.toISOString(), limit: batch }),
    ({ id, messageId, unknownWaitSeconds, provider }) => ({
      sendId: id,
      messageId,
      end: {
        state: "unknown",
        lookAgainAt: new Date(now.getTime() + (unknownWaitSeconds ?? defaultSendSettings.unknownWaitSeconds) * 1_000),
        reason: unknownReason("the program was interrupted while sending", vendorOf(provider)),
      },
    }),
  );
}

/**
 * Looks again at calls that nobody answered. One goes again by itself only where its number's webhooks are shown to reach us, no stored
 * body is left unread, and still none spoke of it (decision 0010); else it stays, and a person may decide.
 */
export async function reviewUnanswered(db: Db, now: Date): Promise<number> {
  return inCompanies(
    db,
    now,
    unanswered({ now: now.toISOString(), limit: batch }),
    ({ id, messageId, mayGoAgain, why }) => ({
      sendId: id,
      messageId,
      end: mayGoAgain
        ? {
            state: "queued",
            at: now,
            reason: "WhatsApp never took the first attempt; it goes again.",
            inOrder: true,
            errorClass: null,
            error: null,
          }
        : { state: "unknown", lookAgainAt: new Date(now.getTime() + 60_000), reason: why ?? "" },
    }),
  );
}

type Looked = {
  companyId: number;
  id: number;
  messageId: number;
  unknownWaitSeconds: number | null;
  provider: string;
  mayGoAgain: boolean;
  why: string | null;
};

async function inCompanies(
  db: Db,
  now: Date,
  statement: ReturnType<typeof expired>,
  endOf: (row: Looked) => EndedSend,
): Promise<number> {
  return db.transaction(async (queries) => {
    const rows = await queries.all(statement);
    for (const [companyId, own] of Map.groupBy(rows, (row) => row.companyId)) {
      const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now: () => now });
      await writeOwn(inTransaction(ctx, queries), own, endOf);
    }
    return rows.length;
  });
}

async function writeOwn(tx: TxCtx, rows: Looked[], endOf: (row: Looked) => EndedSend): Promise<void> {
  await writeEnds(tx, rows.map(endOf));
  const again = rows.filter(({ mayGoAgain }) => mayGoAgain).map(({ id }) => id);
  if (again.length > 0) await tx.tx.run(countResends({ companyId: tx.companyId, ids: again }));
}

const expired = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<Looked>`
    select s.company_id as "companyId", s.id, s.message_id as "messageId", p.unknown_wait_seconds as "unknownWaitSeconds",
      a.provider, false as "mayGoAgain", null as why
    from outbound_sends s join channel_accounts a on a.company_id = s.company_id and a.id = s.channel_account_id
    left join send_settings p on p.company_id = s.company_id
    where s.state = 'sending' and s.lease_expires_at < ${arg("now")}::timestamptz
    order by s.company_id, s.id limit ${arg("limit")}::int for update of s skip locked`,
);

// A status comes within seconds of a message that was taken. Whatever arrived sooner after the call may have been under way before it.
const unanswered = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<Looked>`
    select u.*, u.why is null as "mayGoAgain" from (
      select s.company_id as "companyId", s.id, s.message_id as "messageId", p.unknown_wait_seconds as "unknownWaitSeconds",
        a.provider,
        case
          when a.provider = 'email'
            then 'The mail server did not say whether it took this mail. A bounce, an answer or the person can tell; it is not sent again by itself. Somebody may decide: send it again, or leave it.'
          when s.resends >= 2 then 'WhatsApp did not answer, three times. Somebody has to decide whether it goes again.'
          when greatest(r.last_status_at, r.last_inbound_at) is null
            or greatest(r.last_status_at, r.last_inbound_at) < s.called_at + interval '30 seconds'
            then 'WhatsApp did not say whether it took this message, and no news of this number has come since. Check on the phone whether it arrived, then send it again or leave it.'
          when exists (select from inbound_deliveries d where d.state = 'received')
            or exists (select from inbound_deliveries d where d.state in ('failed', 'unrouted') and d.received_at >= s.called_at)
            then 'WhatsApp did not say whether it took this message; news from WhatsApp that may tell is still being read.'
        end as why
      from outbound_sends s join channel_accounts a on a.company_id = s.company_id and a.id = s.channel_account_id
      left join send_settings p on p.company_id = s.company_id
      left join number_rates r on r.company_id = s.company_id and r.channel_account_id = s.channel_account_id
      where s.state = 'unknown' and s.next_attempt_at <= ${arg("now")}::timestamptz
      order by s.company_id, s.id limit ${arg("limit")}::int for update of s skip locked
    ) u`,
);

const countResends = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set resends = resends + 1
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);
