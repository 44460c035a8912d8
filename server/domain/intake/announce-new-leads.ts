import type { TxCtx } from "../context.ts";
import { notifyTeamOfMany } from "../notifications/notify-team.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";

/** Tells the team of people who became a lead just now. */
export async function announceNewLeads(
  tx: TxCtx,
  people: IntakePerson[],
  firstWords: Map<number, string>,
): Promise<void> {
  await notifyTeamOfMany(
    tx,
    people.map((person) => ({
      kind: "lead.created",
      title: `New lead: ${displayName(person)}`,
      body: person.need ?? firstWords.get(person.id) ?? "",
      contactId: person.id,
      ...(person.leadId === null ? {} : { subject: { kind: "lead", id: person.leadId } }),
      dedupeKey: `lead.created:${person.leadId}`,
    })),
  );
}
