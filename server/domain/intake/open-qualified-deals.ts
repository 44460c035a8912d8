import type { TxCtx } from "../context.ts";
import { createDeal } from "../deals/create-deal.ts";
import { changePersonStage } from "../leads/change-person-stage.ts";
import { notifyTeamOfMany } from "../notifications/notify-team.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";
import { qualifies } from "./qualifies.ts";

const earlyStages = new Set(["new", "contacted", "nurture"]);

/** A deal for each lead that qualifies and has none; the person's stage follows. */
export async function openQualifiedDeals(
  tx: TxCtx,
  people: IntakePerson[],
  options: { notify: boolean },
): Promise<void> {
  for (const person of people) {
    if (person.leadId === null || person.hasDeal) continue;
    const { qualified, why } = qualifies({
      score: person.leadScore,
      intents: person.intents,
      budget: budgetOf(person),
    });
    if (!qualified) continue;
    await openDeal(tx, person, person.leadId, why);
    if (options.notify) await announceDeal(tx, person, person.leadId, why);
  }
}

async function openDeal(tx: TxCtx, person: IntakePerson, leadId: number, why: string): Promise<void> {
  const who = displayName(person);
  await createDeal(tx, {
    contactId: person.id,
    originKey: `intake:lead:${leadId}`,
    title: titleOf(person, who),
    description: `Opened by itself: ${why}.${person.need === null ? "" : `\nNeeds: ${person.need}`}`,
    value: person.budget ?? "0",
    ...(person.budgetCurrency === null ? {} : { currency: person.budgetCurrency }),
  });
  if (earlyStages.has(person.stage)) await changePersonStage(tx, person.id, "qualified", { reason: why });
}

async function announceDeal(tx: TxCtx, person: IntakePerson, leadId: number, why: string): Promise<void> {
  await notifyTeamOfMany(tx, [
    {
      kind: "deal.created",
      title: `${displayName(person)} is qualified`,
      body: `A deal was opened: ${why}.`,
      contactId: person.id,
      dedupeKey: `deal.created:${leadId}`,
    },
  ]);
}

function titleOf({ company, need }: IntakePerson, who: string): string {
  const subject = company ?? who;
  return (need === null ? `${subject}: WhatsApp enquiry` : `${subject}: ${need}`).slice(0, 120);
}

function budgetOf({ budget, budgetCurrency }: IntakePerson) {
  if (budget === null) return undefined;
  return { amount: budget, ...(budgetCurrency === null ? {} : { currency: budgetCurrency }) };
}
