import type { TxCtx } from "../context.ts";
import { notifyTeamOfMany } from "../notifications/notify-team.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";

/** Tells the team of each new lead, once. */
export async function announceNewLeads(tx: TxCtx, people: IntakePerson[]): Promise<void> {
  const fresh = people.filter((person) => person.leadId !== null && !person.hasFollowUp);
  await notifyTeamOfMany(
    tx,
    fresh.map((person) => ({
      kind: "lead.created",
      title: `New lead: ${displayName(person)}`,
      body: person.need ?? "Wrote on WhatsApp for the first time.",
      contactId: person.id,
      ...(person.leadId === null ? {} : { subject: { kind: "lead", id: person.leadId } }),
      dedupeKey: `lead.created:${person.leadId}`,
    })),
  );
}
