import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { ReportClass } from "./mail-report.ts";

export type ReportRow = {
  channelAccountId: number;
  reportId: string;
  recipient: string;
  class: ReportClass;
  status: string | null;
  diagnostic: string;
  messageId: number | null;
  matchedBy: string | null;
  receivedAt: Date;
};

/** Keeps what was told; false where it was told before. */
export async function insertReport(tx: TxCtx, { receivedAt, ...row }: ReportRow): Promise<boolean> {
  return (await tx.tx.run(insertOnce({ ...row, companyId: tx.companyId, receivedAt: receivedAt.toISOString() }))) > 0;
}

const insertOnce = prepared<Omit<ReportRow, "receivedAt"> & { companyId: number; receivedAt: string }>()(
  (_db, arg) => sql<never>`
    insert into email_reports (company_id, channel_account_id, report_id, recipient, class, status, diagnostic, message_id, matched_by, received_at)
    values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("reportId")}::text, ${arg("recipient")}::text,
      ${arg("class")}::text, ${arg("status")}::text, ${arg("diagnostic")}::text, ${arg("messageId")}::bigint, ${arg("matchedBy")}::text,
      ${arg("receivedAt")}::timestamptz)
    on conflict (company_id, channel_account_id, report_id, recipient) do nothing`,
);
