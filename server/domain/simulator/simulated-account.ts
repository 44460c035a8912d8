import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Reads } from "../context.ts";

export type SimulatedAccount = {
  companyId: number;
  channelAccountId: number;
  phoneNumberId: string;
  wabaId: string;
  displayPhone: string;
  companyName: string;
};

/** Whose simulated number or account this id is; no company's where nobody has it. */
export function findSimulatedAccount(db: Pick<Reads, "first">, id: string): Promise<SimulatedAccount | undefined> {
  return db.first(selectAccount({ id }));
}

export function simulatedAccountOf(db: Pick<Reads, "first">, companyId: number): Promise<SimulatedAccount | undefined> {
  return db.first(selectCompanyAccount({ companyId }));
}

const columns = sql`
  a.company_id as "companyId", a.id as "channelAccountId", a.external_id as "phoneNumberId",
  coalesce(a.waba_id, a.external_id) as "wabaId", coalesce(a.display_phone, '') as "displayPhone", c.name as "companyName"`;

// By the routes, whose ids are unique over all companies.
const selectAccount = prepared<{ id: string }>()(
  (_db, arg) => sql<SimulatedAccount>`
    select ${columns} from channel_routes r
    join channel_accounts a on a.company_id = r.company_id and a.id = r.channel_account_id and a.provider = 'simulator'
    join companies c on c.id = a.company_id
    where r.external_id = ${arg("id")}::text and r.provider in ('whatsapp_cloud', 'whatsapp_waba') limit 1`,
);

const selectCompanyAccount = prepared<{ companyId: number }>()(
  (_db, arg) => sql<SimulatedAccount>`
    select ${columns} from channel_accounts a join companies c on c.id = a.company_id
    where a.company_id = ${arg("companyId")} and a.provider = 'simulator' order by a.id limit 1`,
);
