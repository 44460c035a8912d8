import { sql } from "kysely";
import { getCountries } from "libphonenumber-js/max";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import { DomainError, type FieldProblem } from "../../domain-error.ts";
import { recordEvent } from "../../events/record-event.ts";
import { listMessagePrices, mostPrices } from "./list-message-prices.ts";
import { regionNames } from "./markets.ts";
import type { MessagePrice } from "./message-price.ts";

export type OwnPrice = MessagePrice & { amount: string };

/** Puts the company's own price list in place of the one it had; an empty list leaves the shipped prices. */
export async function replaceMessagePrices(ctx: Ctx, prices: OwnPrice[]): Promise<MessagePrice[]> {
  check(prices);
  return ctx.transact(async (tx) => {
    await tx.tx.first(lockCompany({ companyId: tx.companyId }));
    const before = await listMessagePrices(tx);
    await tx.tx.run(deletePrices({ companyId: tx.companyId }));
    await tx.tx.run(insertPrices({ companyId: tx.companyId, rows: JSON.stringify(prices) }));
    await recordEvent(tx, {
      type: "message_prices.replaced",
      subject: { kind: "company", id: tx.companyId },
      before: { count: before.length },
      after: { count: prices.length },
    });
    return listMessagePrices(tx);
  });
}

const markets = new Set<string>([...getCountries(), ...regionNames, "*"]);
const currencies = new Set(Intl.supportedValuesOf("currency"));

function check(prices: OwnPrice[]): void {
  if (prices.length > mostPrices) throw problem("data", `at most ${mostPrices} prices are kept`);
  const problems = prices.flatMap((price, index) => problemsOf(price, `data.${index}`));
  const keys = prices.map(({ market, category, validFromOn }) => `${market} ${category} ${validFromOn}`);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (twice >= 0)
    problems.push({ path: `data.${twice}`, message: "a market, category and date stand in the list twice" });
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems: problems.slice(0, 50) });
}

function problemsOf({ market, validFromOn, currency, amount }: OwnPrice, path: string): FieldProblem[] {
  return [
    ...(markets.has(market)
      ? []
      : [
          {
            path: `${path}.market`,
            message: "market must be a country such as BR, a region such as rest_of_africa, or *",
          },
        ]),
    ...(isDay(validFromOn)
      ? []
      : [{ path: `${path}.validFromOn`, message: "validFromOn must be a date such as 2026-10-01" }]),
    ...(currencies.has(currency) ? [] : [{ path: `${path}.currency`, message: "currency must be a code of ISO 4217" }]),
    ...(/^\d{1,6}(\.\d{1,6})?$/.test(amount)
      ? []
      : [{ path: `${path}.amount`, message: "amount must be zero or more, with at most six decimals" }]),
  ];
}

function isDay(text: string): boolean {
  const at = /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function problem(path: string, message: string): DomainError {
  return new DomainError({ kind: "invalid", problems: [{ path, message }] });
}

// Two lists at once must not become a mixture of both.
const lockCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select company_id as id from company_settings where company_id = ${arg("companyId")}::bigint for update`,
);

const deletePrices = prepared<{ companyId: number }>()(
  (_db, arg) => sql<never>`delete from message_prices where company_id = ${arg("companyId")}::bigint`,
);

const insertPrices = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into message_prices (company_id, market, category, valid_from_on, currency, amount)
    select ${arg("companyId")}::bigint, market, category, "validFromOn", currency, amount
    from jsonb_to_recordset(${arg("rows")}::jsonb) r (market text, category text, "validFromOn" date, currency text, amount numeric)`,
);
