import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type IntakeSteps = {
  profile: boolean;
  score: boolean;
  task: boolean;
  notify: boolean;
  deal: boolean;
  defaultCountry: string | undefined;
};

/** Which steps of the new-lead workflow this company wants. */
export async function intakeSteps(tx: TxCtx): Promise<IntakeSteps> {
  const row = await tx.tx.first(selectSteps({ companyId: tx.companyId }));
  return {
    profile: row?.intake_profile ?? true,
    score: row?.intake_score ?? true,
    task: row?.intake_task ?? true,
    notify: row?.intake_notify ?? true,
    deal: row?.intake_deal ?? true,
    defaultCountry: row?.default_country ?? undefined,
  };
}

type Row = {
  intake_profile: boolean;
  intake_score: boolean;
  intake_task: boolean;
  intake_notify: boolean;
  intake_deal: boolean;
  default_country: string | null;
};

const selectSteps = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Row>`
    select intake_profile, intake_score, intake_task, intake_notify, intake_deal, default_country
    from company_settings where company_id = ${arg("companyId")}`,
);
