/** Something that arrives somewhere else, some time after it happened. */
export type FlowResult = { name: string; count: number; perSecond: number; p50Ms: number; p99Ms: number };

/** The share of sorted values that lies below, to a hundredth. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 100) / 100;
}
