import type { TxCtx } from "../context.ts";
import { type AutomaticDeal, createDealsOnce } from "../deals/create-deals-once.ts";
import { changePeopleStages } from "../leads/change-people-stages.ts";
import { type Notice, notifyTeamOfMany } from "../notifications/notify-team.ts";
import { linkToDeals } from "../tasks/link-to-deals.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";
import { qualifies } from "./qualifies.ts";

const earlyStages = new Set(["new", "contacted", "nurture"]);

type Qualified = { person: IntakePerson; leadId: number; why: string };

/** A deal for each lead that qualifies and has none; the follow-up that is to be done belongs to it, and the person's stage follows. */
export async function openQualifiedDeals(
  tx: TxCtx,
  people: IntakePerson[],
  options: { notify: boolean },
): Promise<void> {
  const found = people.flatMap(qualifiedOf);
  await createDealsOnce(tx, found.map(dealOf));
  await linkToDeals(
    tx,
    found.map(({ leadId }) => originKeyOf(leadId)),
  );
  const early = found.filter(({ person }) => earlyStages.has(person.stage));
  await changePeopleStages(
    tx,
    early.map(({ person, why }) => ({ contactId: person.id, stage: "qualified", reason: why })),
  );
  if (options.notify) await notifyTeamOfMany(tx, found.map(noticeOf));
}

function qualifiedOf(person: IntakePerson): Qualified[] {
  const { leadId, hasDeal, leadScore: score, intents } = person;
  if (leadId === null || hasDeal) return [];
  const { qualified, why } = qualifies({ score, intents, budget: budgetOf(person) });
  return qualified ? [{ person, leadId, why }] : [];
}

function dealOf({ person, leadId, why }: Qualified): AutomaticDeal {
  return {
    contactId: person.id,
    originKey: originKeyOf(leadId),
    title: titleOf(person),
    description: `Opened by itself: ${why}.${person.need === null ? "" : `\nNeeds: ${person.need}`}`,
    value: person.budget ?? "0",
    currency: person.budgetCurrency,
  };
}

/** The follow-up's too (`create-follow-ups.ts`). */
function originKeyOf(leadId: number): string {
  return `intake:lead:${leadId}`;
}

function noticeOf({ person, leadId, why }: Qualified): Notice {
  return {
    kind: "deal.created",
    title: `${displayName(person)} is qualified`,
    body: `A deal was opened: ${why}.`,
    contactId: person.id,
    subject: { kind: "lead", id: leadId },
    dedupeKey: `deal.created:${leadId}`,
  };
}

function titleOf(person: IntakePerson): string {
  const { company, need } = person;
  const subject = company ?? displayName(person);
  return (need === null ? `${subject}: WhatsApp enquiry` : `${subject}: ${need}`).slice(0, 120);
}

function budgetOf({ budget, budgetCurrency }: IntakePerson) {
  if (budget === null) return undefined;
  return { amount: budget, ...(budgetCurrency === null ? {} : { currency: budgetCurrency }) };
}
