import type { TxCtx } from "../context.ts";
import { bandOf } from "../scoring/score-lead.ts";
import { createTasksOnce } from "../tasks/create-tasks-once.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";

const minuteMs = 60_000;

/** One follow-up task a lead: sooner and more urgent for who wants to buy. */
export async function createFollowUps(
  tx: TxCtx,
  people: IntakePerson[],
  firstWords: Map<number, string>,
): Promise<void> {
  const tasks = people.flatMap((person) =>
    person.leadId === null || person.hasFollowUp
      ? []
      : [followUp(tx, person, { leadId: person.leadId, firstWords: firstWords.get(person.id) })],
  );
  await createTasksOnce(tx, tasks);
}

type Pursuit = { leadId: number; firstWords: string | undefined };

function followUp(tx: TxCtx, person: IntakePerson, { leadId, firstWords }: Pursuit) {
  const urgency = urgencyOf(person);
  return {
    originKey: `intake:lead:${leadId}`,
    contactId: person.id,
    leadId,
    title: `Follow up with ${displayName(person)}`,
    description: describe(person, firstWords),
    taskType: "follow_up",
    priority: urgency.priority,
    dueAt: new Date(tx.now().getTime() + urgency.withinMinutes * minuteMs),
  };
}

function urgencyOf({ leadScore, intents }: IntakePerson): { priority: string; withinMinutes: number } {
  if (bandOf(leadScore) === "hot" || intents.includes("urgent")) return { priority: "urgent", withinMinutes: 60 };
  if (intents.includes("buy") || intents.includes("human") || leadScore >= 75)
    return { priority: "high", withinMinutes: 240 };
  return { priority: "medium", withinMinutes: 24 * 60 };
}

function describe(person: IntakePerson, firstWords: string | undefined): string {
  const { need, budget, budgetCurrency, intents, leadScore } = person;
  const lines = [
    firstWords,
    need === null ? undefined : `Needs: ${need}`,
    budget === null ? undefined : `Budget: ${Number(budget)}${budgetCurrency === null ? "" : ` ${budgetCurrency}`}`,
    intents.length === 0 ? undefined : `Asked about: ${intents.join(", ")}`,
    `Lead score: ${leadScore}`,
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}
