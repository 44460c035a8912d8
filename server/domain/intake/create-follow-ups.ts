import type { TxCtx } from "../context.ts";
import { bandOf } from "../scoring/score-lead.ts";
import { createTasksOnce } from "../tasks/create-tasks-once.ts";
import { loadWorkingTime } from "../tasks/load-working-time.ts";
import { afterWork, soonAtWork, type WorkingTime } from "../tasks/working-time.ts";
import { displayName } from "./display-name.ts";
import type { IntakePerson } from "./load-intake-people.ts";

const hour = 60;
const dayOfWork = 9 * hour;

/** One follow-up task a lead: sooner and more urgent for who wants to buy, and due while somebody works. */
export async function createFollowUps(
  tx: TxCtx,
  people: IntakePerson[],
  firstWords: Map<number, string>,
): Promise<void> {
  const fresh = people.filter(({ leadId, hasFollowUp }) => leadId !== null && !hasFollowUp);
  if (fresh.length === 0) return;
  const working = await loadWorkingTime(tx);
  const tasks = fresh.flatMap((person) =>
    person.leadId === null
      ? []
      : [followUp(person, { leadId: person.leadId, firstWords: firstWords.get(person.id), now: tx.now(), working })],
  );
  await createTasksOnce(tx, tasks);
}

type Pursuit = { leadId: number; firstWords: string | undefined; now: Date; working: WorkingTime };

function followUp(person: IntakePerson, { leadId, firstWords, now, working }: Pursuit) {
  const priority = followUpPriority(person);
  return {
    originKey: `intake:lead:${leadId}`,
    contactId: person.id,
    leadId,
    title: `Follow up with ${displayName(person)}`,
    description: describe(person, firstWords),
    taskType: "follow_up",
    priority,
    dueAt: followUpDue(now, priority, working),
  };
}

function followUpPriority({ leadScore, intents }: IntakePerson): FollowUpPriority {
  if (bandOf(leadScore) === "hot" || intents.includes("urgent")) return "urgent";
  if (intents.includes("buy") || intents.includes("human") || leadScore >= 75) return "high";
  return "medium";
}

type FollowUpPriority = "urgent" | "high" | "medium";

/** Within the hour, four hours, or a day of work. */
export function followUpDue(now: Date, priority: FollowUpPriority, working: WorkingTime): Date {
  switch (priority) {
    case "urgent":
      return soonAtWork(now, hour, working);
    case "high":
      return afterWork(now, 4 * hour, working);
    case "medium":
      return afterWork(now, dayOfWork, working);
  }
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
