import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { StoredEmailAccount } from "./email-account.ts";
import { domainOf } from "./mail-address.ts";
import { unnamedDomain } from "./store-emails.ts";

/** Mails that were written before there was an account get its name and a Message-ID of its domain. None of them was tried yet. */
export async function adoptWaitingMails(tx: TxCtx, account: StoredEmailAccount): Promise<void> {
  const { id: channelAccountId, fromAddress, fromName } = account;
  const domains = { unnamed: `@${unnamedDomain}`, domain: `@${domainOf(fromAddress)}` };
  await tx.tx.run(adopt({ companyId: tx.companyId, channelAccountId, fromAddress, fromName, ...domains }));
}

const adopt = prepared<{
  companyId: number;
  channelAccountId: number;
  fromAddress: string;
  fromName: string;
  unnamed: string;
  domain: string;
}>()(
  (_db, arg) => sql<never>`
    update emails e set from_address = ${arg("fromAddress")}::text, from_name = ${arg("fromName")}::text,
      internet_message_id = replace(e.internet_message_id, ${arg("unnamed")}::text, ${arg("domain")}::text)
    from outbound_sends s
    where s.company_id = ${arg("companyId")}::bigint and s.channel_account_id = ${arg("channelAccountId")}::bigint and s.state = 'queued'
      and e.company_id = s.company_id and e.message_id = s.message_id and e.from_address = ''`,
);
