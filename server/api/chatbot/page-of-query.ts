/** 20 where not said; above the maximum it is cut to 100. */
export function pageOfQuery(query: { limit?: number; offset?: number }): { limit: number; offset: number } {
  return { limit: Math.min(query.limit ?? 20, 100), offset: query.offset ?? 0 };
}
