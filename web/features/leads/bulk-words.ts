import type { BulkOutcome, ChangeSet } from "../../../shared/v1/change-set.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { mostLeadsAtOnce } from "../../lib/api/leads.ts";
import { counted } from "../../lib/format-time.ts";

type Outcome = Pick<BulkOutcome, "changes" | "has_more">;
type Named = Pick<Lead, "id" | "code">;

const namedAtMost = 3;

/** What choosing all that a filter finds would take, and takes: the count stops where one bulk act does. */
export function wholeListWords(count: number): { offer: string; chosen: string } {
  if (count >= mostLeadsAtOnce) {
    const newest = `the newest ${mostLeadsAtOnce.toLocaleString()}`;
    return { offer: `Select ${newest} matching`, chosen: `Of the matching leads ${newest} are chosen.` };
  }
  return {
    offer: `Select all ${count.toLocaleString()} matching`,
    chosen: `All ${counted(count, "matching lead")} are chosen.`,
  };
}

/** What a bulk change did, and a line for each reason why it left some alone. */
export function outcomeWords(
  { changes, has_more: hasMore }: Outcome,
  leads: Named[],
  done: string,
): { message: string; notDone: string[] } {
  const count = (result: string) => changes.filter((change) => change.result === result).length;
  const [changed, unchanged, skipped] = [count("changed"), count("unchanged"), count("skipped")];
  const parts = [
    changed === 0 ? "No lead was changed." : `${counted(changed, "lead")} ${done}.`,
    unchanged === 0 ? "" : `${unchanged.toLocaleString()} already so.`,
    skipped === 0 ? "" : `${skipped.toLocaleString()} not changed.`,
    hasMore ? `There are more; the newest ${changes.length.toLocaleString()} were done.` : "",
  ];
  const left = changes.filter(({ result }) => result === "skipped");
  return { message: parts.filter(Boolean).join(" "), notDone: reasonLines(left, leads) };
}

/** What an undo took back, and what it left as it is. */
export function undoWords({ undo }: Pick<ChangeSet, "undo">, leads: Named[]): { message: string; notDone: string[] } {
  const all = undo ?? [];
  const kept = all.filter(({ result }) => result === "skipped");
  const undone = all.length - kept.length;
  const parts = [
    `Taken back for ${counted(undone, "lead")}.`,
    kept.length === 0 ? "" : `${kept.length.toLocaleString()} left as is.`,
  ];
  return { message: parts.filter(Boolean).join(" "), notDone: reasonLines(kept, leads) };
}

function reasonLines(rows: { id: number; reason: string | null }[], leads: Named[]): string[] {
  const codes = new Map(leads.map(({ id, code }) => [id, code]));
  return [...Map.groupBy(rows, ({ reason }) => reason ?? "")].map(([reason, same]) => {
    const names = same.slice(0, namedAtMost).map(({ id }) => codes.get(id) ?? `lead ${id}`);
    const more = same.length > namedAtMost ? ` and ${same.length - namedAtMost} more` : "";
    return `${names.join(", ")}${more}: ${reason}`;
  });
}
