import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { applyStatusRows } from "../conversations/apply-statuses.ts";
import { writeEnds } from "../sends/outbox/write-ends.ts";
import type { Bounce } from "./email.ts";

export type EmailFate =
  /** A server on the way gave it back for good: `words` say why, for the person who wrote it. */
  | { kind: "bounced"; bounce: Bounce; words: string }
  /** A receipt, an answer, an opening: it arrived, whatever was known before. */
  | { kind: "delivered"; at: Date };

/**
 * What became of a mail of ours after a server took it, or while nobody knew whether one did. What arrived does not fail any more, and
 * one bad address among several does not make the others' mail a failure. Told twice, it is written once.
 */
export async function settleEmail(tx: TxCtx, messageId: number, fate: EmailFate): Promise<void> {
  const mail = await tx.tx.first(lockMail({ companyId: tx.companyId, messageId }));
  if (!mail || !settled.has(mail.state)) return;
  if (mail.state !== "accepted") await accept(tx, messageId, mail);
  if (fate.kind === "delivered") return arrived(tx, mail, fate.at);
  if (proofs.has(mail.status)) return;
  const others = mail.recipients.filter((address) => address !== fate.bounce.recipient?.toLowerCase());
  if (fate.bounce.recipient !== null && others.length > 0 && others.length < mail.recipients.length) {
    const end = { state: "accepted", providerId: mail.internetMessageId, at: tx.now(), reason: fate.words } as const;
    return writeEnds(tx, [{ sendId: mail.sendId, messageId, end }]);
  }
  const { class: kind, status, diagnostic } = fate.bounce;
  const error = { title: fate.words, details: diagnostic, status, class: kind };
  const end = { state: "failed", reason: fate.words, errorClass: "never", error } as const;
  await writeEnds(tx, [{ sendId: mail.sendId, messageId, end }]);
}

/** States in which a server may have the mail. */
const settled = new Set(["sending", "unknown", "accepted"]);
const proofs = new Set(["delivered", "read"]);

/** A word about it proves that a server took it, although its answer was lost. */
async function accept(tx: TxCtx, messageId: number, { sendId, internetMessageId }: Mail): Promise<void> {
  const end = { state: "accepted", providerId: internetMessageId, at: tx.now(), reason: null } as const;
  await writeEnds(tx, [{ sendId, messageId, end }]);
}

async function arrived(tx: TxCtx, { channelAccountId, internetMessageId }: Mail, at: Date): Promise<void> {
  const row = {
    channel_account_id: channelAccountId,
    provider_id: internetMessageId,
    status: "delivered",
    error: null,
  };
  await applyStatusRows(tx, [{ ...row, at: at.toISOString() }]);
}

type Mail = {
  sendId: number;
  state: string;
  status: string;
  channelAccountId: number;
  internetMessageId: string;
  recipients: string[];
};

const lockMail = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<Mail>`
    select s.id as "sendId", s.state, m.status, s.channel_account_id as "channelAccountId", e.internet_message_id as "internetMessageId",
      (select coalesce(jsonb_agg(lower(r.value ->> 'address')), '[]')
        from jsonb_array_elements(e.to_addresses || e.cc_addresses || e.bcc_addresses) r) as recipients
    from outbound_sends s
    join messages m on m.company_id = s.company_id and m.id = s.message_id
    join emails e on e.company_id = s.company_id and e.message_id = s.message_id
    where s.company_id = ${arg("companyId")}::bigint and s.message_id = ${arg("messageId")}::bigint for update of s`,
);
