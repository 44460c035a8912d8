import type { JsonObject } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { restoreFields } from "./restore-fields.ts";

export type ColumnChange = { id: number; before: JsonObject; after: JsonObject };

/** Writes columns of many people who are locked, with the journal. */
export async function writeColumns(tx: TxCtx, changes: ColumnChange[]): Promise<void> {
  await restoreFields(
    tx,
    changes.map(({ id, after }) => ({ id, fields: after })),
  );
  await recordEvents(
    tx,
    changes.map(({ id, before, after }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id },
      before: spelled(before),
      after: spelled(after),
    })),
  );
}

// The journal speaks of fields as commands do.
function spelled(columns: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(columns).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
