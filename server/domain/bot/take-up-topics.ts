import type { TxCtx } from "../context.ts";
import { createTask } from "../tasks/create-task.ts";
import type { Topic, TurnFacts } from "./bot-turn.ts";

const hourMs = 3_600_000;

type Work = { title: string; taskType: string; withinHours: number; priority: "high" | "medium" };

/** What the bot promises becomes a task, once a conversation: a demo to arrange, an order to complete, prices or material to send. */
export async function takeUpTopics(tx: TxCtx, facts: TurnFacts, topics: Topic[]): Promise<void> {
  for (const topic of topics) {
    const work = workOf(topic, facts);
    if (!work) continue;
    await createTask(tx, {
      contactId: facts.contactId,
      ...(facts.leadId === null ? {} : { leadId: facts.leadId }),
      originKey: `bot:${topic}:${facts.conversationId}`,
      title: `${work.title} ${facts.person.name || "a new person"}`.slice(0, 200),
      description: `Promised by the bot. They wrote: ${facts.messages.map(({ text }) => text).join(" / ")}`.slice(
        0,
        2_000,
      ),
      taskType: work.taskType,
      priority: work.priority,
      dueAt: new Date(tx.now().getTime() + work.withinHours * hourMs).toISOString(),
    });
  }
}

function workOf(topic: Topic, { business }: TurnFacts): Work | undefined {
  switch (topic) {
    case "demo":
      return { title: "Arrange a demo with", taskType: "demo", withinHours: 24, priority: "high" };
    case "buy":
      return { title: "Complete the order with", taskType: "follow_up", withinHours: 4, priority: "high" };
    case "pricing":
      if (business.prices !== "") return undefined;
      return { title: "Send prices to", taskType: "follow_up", withinHours: 8, priority: "medium" };
    case "resources":
      return { title: "Send material to", taskType: "follow_up", withinHours: 24, priority: "medium" };
  }
}
