import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { BotSettings } from "./bot-settings.ts";

export type Reservation = { companyId: number; monthOn: string; amount: string };

/**
 * Sets the worst price of a call aside; undefined when the month's cap would be passed. The row's lock makes calls at the same time
 * queue here, so that together they cannot pass the cap either.
 */
export async function reserveSpending(
  db: Db,
  companyId: number,
  settings: BotSettings,
  call: { characters: number; maxTokens: number; now: Date },
): Promise<Reservation | undefined> {
  // A token has at least one character, so the characters are more than the endpoint can count.
  const amount = priceOf(settings, call.characters, call.maxTokens);
  const monthOn = `${call.now.toISOString().slice(0, 7)}-01`;
  await db.run(openMonth({ companyId, monthOn }));
  const reserved = await db.run(reserve({ companyId, monthOn, amount, cap: settings.modelMonthlyCap }));
  return reserved > 0 ? { companyId, monthOn, amount } : undefined;
}

/** Replaces what was set aside by what the call cost; a call that failed on the way may have cost its worst price. */
export async function settleSpending(
  db: Db,
  reservation: Reservation,
  settings: BotSettings,
  used: { inputTokens: number | null; outputTokens: number | null } | "nothing",
): Promise<void> {
  await db.run(settle({ ...reservation, spent: costOf(reservation, settings, used) }));
}

function costOf(
  { amount }: Reservation,
  settings: BotSettings,
  used: { inputTokens: number | null; outputTokens: number | null } | "nothing",
): string {
  if (used === "nothing") return "0";
  if (used.inputTokens === null || used.outputTokens === null) return amount;
  return priceOf(settings, used.inputTokens, used.outputTokens);
}

function priceOf(
  { modelInputPrice, modelOutputPrice }: BotSettings,
  inputTokens: number,
  outputTokens: number,
): string {
  const price = (Number(modelInputPrice) * inputTokens + Number(modelOutputPrice) * outputTokens) / 1_000_000;
  return price.toFixed(6);
}

const openMonth = prepared<{ companyId: number; monthOn: string }>()(
  (_db, arg) => sql<never>`
    insert into bot_spending (company_id, month_on) values (${arg("companyId")}::bigint, ${arg("monthOn")}::date)
    on conflict (company_id, month_on) do nothing`,
);

const reserve = prepared<{ companyId: number; monthOn: string; amount: string; cap: string }>()(
  (_db, arg) => sql<never>`
    update bot_spending set reserved = reserved + ${arg("amount")}::numeric, calls = calls + 1
    where company_id = ${arg("companyId")}::bigint and month_on = ${arg("monthOn")}::date
      and spent + reserved + ${arg("amount")}::numeric <= ${arg("cap")}::numeric`,
);

const settle = prepared<{ companyId: number; monthOn: string; amount: string; spent: string }>()(
  (_db, arg) => sql<never>`
    update bot_spending set reserved = greatest(0, reserved - ${arg("amount")}::numeric), spent = spent + ${arg("spent")}::numeric
    where company_id = ${arg("companyId")}::bigint and month_on = ${arg("monthOn")}::date`,
);
