import type { Cause } from "../follow-causes.ts";

/** The causes as a parameter: of several about one record the last counts. */
export function causeRows(causes: Cause[]): string {
  const last = new Map(causes.map((cause) => [cause.subjectId, cause]));
  return JSON.stringify(
    [...last.values()].map(({ id, subjectId, actorUserId, transactionId }) => ({
      event_id: id,
      subject_id: subjectId,
      actor_user_id: actorUserId,
      transaction_id: transactionId,
    })),
  );
}

export type CauseArgs = { companyId: number; rows: string };

export const aPerson = "somebody without a name";
