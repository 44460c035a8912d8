import type { BotState, TurnPlan } from "./bot-turn.ts";
import { askAtMost } from "./plan-turn.ts";

const mostMarks = 200;

/** Where the bot stands after this turn. */
export function nextState(state: BotState, plan: TurnPlan, now: string): BotState {
  // What was repeated counts in a row: something new ends it.
  const standing = plan.stalled ? state.answered : state.answered.filter((mark) => !mark.startsWith("again:"));
  const { asks, declines } = plan;
  const asked = declines === null ? state.asked : { ...state.asked, [declines]: askAtMost };
  return {
    language: plan.language,
    greetedAt: state.greetedAt ?? (plan.greets ? now : null),
    asked: asks === null ? asked : { ...asked, [asks]: (asked[asks] ?? 0) + 1 },
    lastAsked: asks,
    answered: [...new Set([...standing, ...plan.marks])].slice(-mostMarks),
    stalledTurns: plan.stalled ? state.stalledTurns + 1 : 0,
    repliesToday: state.repliesToday + 1,
  };
}
