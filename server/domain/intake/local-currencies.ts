import type { Budget } from "./read-budget.ts";

const pesos: Record<string, string> = {
  AR: "ARS",
  CL: "CLP",
  CO: "COP",
  CU: "CUP",
  DO: "DOP",
  MX: "MXN",
  PH: "PHP",
  UY: "UYU",
};

/** Where the country's own money is written with a bare `$`. The Philippines write their peso ₱. */
const dollars: Record<string, string> = {
  AR: "ARS",
  AU: "AUD",
  BB: "BBD",
  BM: "BMD",
  BN: "BND",
  BS: "BSD",
  BZ: "BZD",
  CA: "CAD",
  CL: "CLP",
  CO: "COP",
  CU: "CUP",
  DO: "DOP",
  EC: "USD",
  FJ: "FJD",
  GY: "GYD",
  HK: "HKD",
  JM: "JMD",
  KY: "KYD",
  MX: "MXN",
  NA: "NAD",
  NZ: "NZD",
  PA: "USD",
  PR: "USD",
  SG: "SGD",
  SR: "SRD",
  SV: "USD",
  TT: "TTD",
  TW: "TWD",
  US: "USD",
  UY: "UYU",
};

/** The currency of a budget where its writer lives: "pesos" and a bare `$` mean another one in every country. */
export function currencyIn(country: string | undefined, { currency, written }: Budget): string | undefined {
  if (country === undefined || written === undefined) return currency;
  const local = written === "pesos" ? pesos : dollars;
  return local[country.toUpperCase()] ?? currency;
}
