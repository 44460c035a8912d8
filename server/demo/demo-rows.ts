import type { JsonObject } from "../../shared/json.ts";
import type { Queries } from "../db/connection.ts";
import type { JournalRow } from "./journal.ts";

/** In the order in which they refer to each other. */
const tables = [
  "organizations",
  "contacts",
  "contact_identities",
  "tags",
  "contact_tags",
  "leads",
  "lead_stage_changes",
  "conversations",
  "messages",
  "deals",
  "tasks",
  "notes",
  "activities",
  "events",
  "company_counters",
] as const;

type DemoTable = (typeof tables)[number];

/** Everything that will stand in the demo company, by table. */
export type DemoRows = Record<Exclude<DemoTable, "events">, JsonObject[]> & { events: JournalRow[] };

export function noRows(): DemoRows {
  return {
    organizations: [],
    contacts: [],
    contact_identities: [],
    tags: [],
    contact_tags: [],
    leads: [],
    lead_stage_changes: [],
    conversations: [],
    messages: [],
    deals: [],
    tasks: [],
    activities: [],
    notes: [],
    events: [],
    company_counters: [],
  };
}

/** Writes the rows as they are, in their past: the product's commands would date everything today. */
export async function writeRows(tx: Queries, companyId: number, rows: DemoRows): Promise<void> {
  for (const table of tables) {
    const [first] = rows[table];
    if (!first) continue;
    const columns = ["company_id", ...Object.keys(first)].join(", ");
    await tx.run({
      name: `demo rows of ${table}`,
      text: `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      values: [JSON.stringify(rows[table].map((row) => ({ company_id: companyId, ...row })))],
    });
  }
}
