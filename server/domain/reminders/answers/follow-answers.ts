import type { Db } from "../../../db/connection.ts";
import { createCtx, inTransaction, type TxCtx } from "../../context.ts";
import { DomainError } from "../../domain-error.ts";
import { type ClaimedAnswer, claimAnswer, postponeAnswer, settleAnswer } from "./claim-answer.ts";
import { followAnswer, handToTeam, proposeAgain } from "./follow-answer.ts";

const mostAttempts = 5;

type Following = { now: Date; onError: (error: unknown) => void };

type Work = (tx: TxCtx, answer: ClaimedAnswer) => Promise<void>;

type Outcome = { answer: ClaimedAnswer; failure?: { error: unknown } } | undefined;

/**
 * Follows one answer to a reminder: what it changes, what is answered and its row's end are one transaction. A time that somebody
 * else has taken meanwhile is answered with others. How many were taken: one or none.
 */
export async function followNextAnswer(db: Db, { now, onError }: Following): Promise<number> {
  const first = await attempt(db, now, followAnswer);
  if (!first) return 0;
  const { answer, failure } = first;
  if (!failure) return 1;
  const instead = insteadOf(answer, failure.error);
  const second = instead ? await attempt(db, now, instead, answer) : first;
  if (!second?.failure) return 1;
  onError(second.failure.error);
  await db.transaction((queries) => postponeAnswer(queries, answer, now));
  return 1;
}

async function attempt(db: Db, now: Date, work: Work, only?: ClaimedAnswer): Promise<Outcome> {
  let held: ClaimedAnswer | undefined;
  try {
    await db.transaction(async (queries) => {
      const answer = await claimAnswer(queries, now, only);
      held = answer;
      if (!answer) return;
      const actor = { kind: "contact", contactId: answer.contactId } as const;
      const ctx = createCtx({ db, companyId: answer.companyId, actor, now: () => now });
      await work(inTransaction(ctx, queries), answer);
      await settleAnswer(queries, answer);
    });
  } catch (error) {
    if (!held) throw error;
    return { answer: held, failure: { error } };
  }
  return held && { answer: held };
}

function insteadOf({ answer, attempts }: ClaimedAnswer, error: unknown): Work | undefined {
  const isTaken = error instanceof DomainError && error.refusal.kind === "conflict";
  // Nobody asked for another time; where the visit is gone there is nothing to read for.
  if (answer.kind === "unclear") return error instanceof DomainError ? async () => {} : undefined;
  if (isTaken && (answer.kind === "move" || answer.kind === "book")) return proposeAgain;
  // What the domain refuses it refuses tomorrow too.
  return error instanceof DomainError || attempts >= mostAttempts ? handToTeam : undefined;
}
