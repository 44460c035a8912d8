import { DomainError, type FieldProblem } from "../domain-error.ts";

export type DealFields = {
  title?: string | undefined;
  value?: string | undefined;
  currency?: string | undefined;
  probability?: number | undefined;
  expectedCloseOn?: string | null | undefined;
};

/** What a deal's own fields must keep, whoever writes them; a field that is not given is not looked at. */
export function checkDealFields(fields: DealFields): void {
  const problems: FieldProblem[] = [];
  const check = (path: keyof DealFields, holds: boolean, message: string) => {
    if (fields[path] !== undefined && !holds) problems.push({ path, message });
  };
  check("title", isTitle(fields.title), "title must be a text of 1 to 500 characters");
  check("value", isAmount(fields.value), "value must be a number from 0 to 99999999999.9999 with at most 4 decimals");
  check("currency", isCurrency(fields.currency), "currency must be a code of ISO 4217, such as USD");
  check("probability", isPercentage(fields.probability), "probability must be a whole number from 0 to 100");
  check("expectedCloseOn", isDay(fields.expectedCloseOn), "expected close date must be a date such as 2026-11-30");
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

/** One spelling of an amount: "050.50" and "50.5" are the same. */
export function canonicalAmount(value: string): string {
  const [whole = "", fraction = ""] = value.split(".");
  const digits = fraction.replace(/0+$/, "");
  return `${whole.replace(/^0+(?=\d)/, "")}${digits === "" ? "" : `.${digits}`}`;
}

function isTitle(title: string | undefined): boolean {
  return title !== undefined && title.trim() !== "" && title.length <= 500;
}

function isAmount(value: string | undefined): boolean {
  return value !== undefined && /^\d{1,11}(\.\d{1,4})?$/.test(value);
}

const currencies = new Set(Intl.supportedValuesOf("currency"));

function isCurrency(currency: string | undefined): boolean {
  return currency !== undefined && currencies.has(currency);
}

function isPercentage(probability: number | undefined): boolean {
  return Number.isInteger(probability) && probability !== undefined && probability >= 0 && probability <= 100;
}

function isDay(day: string | null | undefined): boolean {
  if (day === null || day === undefined) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < "0001") return false;
  const time = new Date(`${day}T00:00:00Z`);
  // "2026-02-30" parses as a day of March, which it is not.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
