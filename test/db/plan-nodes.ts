import type pg from "pg";
import type { BoundStatement } from "../../server/db/prepared.ts";
import { listOf, numberOf, objectOf, textOf } from "../../shared/json.ts";

export type PlanNode = {
  kind: string;
  table: string | undefined;
  index: string | undefined;
  /** Given upwards, over all loops. */
  rows: number;
  /** Looked at: given upwards and thrown away by a filter. */
  rowsRead: number;
};

/** Plans and runs a statement as the server does, prepared, and gives the nodes of its plan. */
export async function explain(client: pg.Client, { name, text, values }: BoundStatement<unknown>): Promise<PlanNode[]> {
  // A statement without a name is planned anew for its values each time.
  await client.query(`set plan_cache_mode = ${name === "" ? "force_custom_plan" : "force_generic_plan"}`);
  await client.query(`prepare listed as ${text}`);
  try {
    const given = values.length > 0 ? `(${values.map(literal).join(", ")})` : "";
    const { rows } = await client.query<{ "QUERY PLAN": unknown }>(
      `explain (analyze, format json) execute listed${given}`,
    );
    return nodesOf(objectOf(listOf(rows[0]?.["QUERY PLAN"])[0])?.Plan);
  } finally {
    await client.query("deallocate listed");
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const single = typeof value === "boolean" ? String(value) : textOf(value);
  const text = Array.isArray(value) ? `{${value.join(",")}}` : (single ?? "");
  return `'${text.replaceAll("'", "''")}'`;
}

function nodesOf(plan: unknown): PlanNode[] {
  const node = objectOf(plan);
  if (!node) return [];
  const loops = numberOf(node["Actual Loops"]) ?? 0;
  const rows = (numberOf(node["Actual Rows"]) ?? 0) * loops;
  const removed =
    (numberOf(node["Rows Removed by Filter"]) ?? 0) + (numberOf(node["Rows Removed by Index Recheck"]) ?? 0);
  const own: PlanNode = {
    kind: textOf(node["Node Type"]) ?? "",
    table: textOf(node["Relation Name"]),
    index: textOf(node["Index Name"]),
    rows,
    rowsRead: rows + removed * loops,
  };
  return [own, ...listOf(node.Plans).flatMap(nodesOf)];
}
