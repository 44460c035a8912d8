import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { insertSampleTemplates } from "./sample-templates.ts";

export type SimulatorSettings = {
  sentAfterMs: number;
  deliveredAfterMs: number;
  readAfterMs: number;
  reviewAfterMs: number;
  messagesPerSecond: number;
};

/** How fast the simulated WhatsApp is. The first look furnishes it with settings and a few approved templates. */
export async function simulatorSettings(ctx: Ctx): Promise<SimulatorSettings> {
  const found = await ctx.db.first(selectSettings({ companyId: ctx.companyId }));
  return found ?? ctx.transact(furnish);
}

export async function changeSimulatorSettings(
  ctx: Ctx,
  change: Partial<SimulatorSettings>,
): Promise<SimulatorSettings> {
  return ctx.transact(async (tx) => {
    const settings = { ...(await simulatorSettings(tx)), ...change };
    await tx.tx.run(updateSettings({ companyId: tx.companyId, ...settings }));
    return settings;
  });
}

async function furnish(tx: TxCtx): Promise<SimulatorSettings> {
  // Templates only with the settings' own row: whoever deleted a sample does not get it back.
  if ((await tx.tx.run(insertSettings({ companyId: tx.companyId }))) > 0) await insertSampleTemplates(tx);
  const settings = await tx.tx.first(selectSettings({ companyId: tx.companyId }));
  if (!settings) throw new Error("the simulator's settings vanished");
  return settings;
}

const selectSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<SimulatorSettings>`
    select sent_after_ms as "sentAfterMs", delivered_after_ms as "deliveredAfterMs", read_after_ms as "readAfterMs",
      review_after_ms as "reviewAfterMs", messages_per_second as "messagesPerSecond"
    from simulator_settings where company_id = ${arg("companyId")}`,
);

const insertSettings = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`
    insert into simulator_settings (company_id) values (${arg("companyId")}::bigint) on conflict (company_id) do nothing`,
);

const updateSettings = prepared<{ companyId: number } & SimulatorSettings>()(
  (_db, arg) => sql<never>`
    update simulator_settings set sent_after_ms = ${arg("sentAfterMs")}::int, delivered_after_ms = ${arg("deliveredAfterMs")}::int,
      read_after_ms = ${arg("readAfterMs")}::int, review_after_ms = ${arg("reviewAfterMs")}::int,
      messages_per_second = ${arg("messagesPerSecond")}::int
    where company_id = ${arg("companyId")}`,
);
