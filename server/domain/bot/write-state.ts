import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { TurnFacts, TurnPlan } from "./bot-turn.ts";
import { nextState } from "./next-state.ts";

/** Keeps where the bot stands after this turn. */
export async function writeState(tx: TxCtx, facts: TurnFacts, plan: TurnPlan): Promise<void> {
  const now = tx.now().toISOString();
  const { asked, ...next } = nextState(facts.state, plan, now);
  const { companyId } = tx;
  await tx.tx.run(
    upsertState({ ...next, companyId, conversationId: facts.conversationId, asked: JSON.stringify(asked), now }),
  );
}

type Row = {
  companyId: number;
  conversationId: number;
  language: string | null;
  greetedAt: string | null;
  asked: string;
  lastAsked: string | null;
  answered: string[];
  stalledTurns: number;
  repliesToday: number;
  now: string;
};

const upsertState = prepared<Row>()(
  (_db, arg) => sql<never>`
    insert into bot_states (company_id, conversation_id, language, greeted_at, asked, last_asked, answered, stalled_turns,
      replies_today, replies_on)
    values (${arg("companyId")}::bigint, ${arg("conversationId")}::bigint, ${arg("language")}::text,
      ${arg("greetedAt")}::timestamptz, ${arg("asked")}::jsonb, ${arg("lastAsked")}::text, ${arg("answered")}::text[],
      ${arg("stalledTurns")}::int, ${arg("repliesToday")}::int, (${arg("now")}::timestamptz at time zone 'utc')::date)
    on conflict (company_id, conversation_id) do update set language = excluded.language, greeted_at = excluded.greeted_at,
      asked = excluded.asked, last_asked = excluded.last_asked, answered = excluded.answered,
      stalled_turns = excluded.stalled_turns, replies_today = excluded.replies_today, replies_on = excluded.replies_on`,
);
