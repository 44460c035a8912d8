import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { createSimulatedNumber } from "../channels/create-simulated-number.ts";
import { createCtx, inTransaction, type TxCtx } from "../context.ts";
import { createDefaultPipeline } from "../deals/create-default-pipeline.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

export type NewCompany = { slug: string; name: string; isDemo?: boolean };

/**
 * A company with its settings, its pipeline and a simulated WhatsApp number, so that everything can be tried at once.
 * @param furnish what else belongs to it from the first moment, such as its admin
 */
export async function createCompany(
  db: Db,
  input: NewCompany,
  furnish: (tx: TxCtx) => Promise<unknown> = async () => {},
): Promise<{ id: number; slug: string }> {
  return db.transaction(async (queries) => {
    const { slug, name, isDemo = false } = input;
    const company = await queries.first(insertCompany({ slug, name, isDemo }));
    if (!company)
      throw new DomainError({ kind: "duplicate", entity: "company", message: `A company "${slug}" exists already.` });
    const tx = inTransaction(createCtx({ db, companyId: company.id, actor: { kind: "system" } }), queries);
    await queries.run(insertSettings({ companyId: company.id }));
    await createDefaultPipeline(tx);
    await createSimulatedNumber(tx);
    await recordEvent(tx, {
      type: "company.created",
      subject: { kind: "company", id: company.id },
      after: { slug, name },
    });
    await furnish(tx);
    return { id: company.id, slug };
  });
}

const insertCompany = prepared<{ slug: string; name: string; isDemo: boolean }>()((db, arg) =>
  db
    .insertInto("companies")
    .values({ slug: arg("slug"), name: arg("name"), is_demo: arg("isDemo") })
    .onConflict((conflict) => conflict.column("slug").doNothing())
    .returning("id"),
);

const insertSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`insert into company_settings (company_id) values (${arg("companyId")})`,
);
