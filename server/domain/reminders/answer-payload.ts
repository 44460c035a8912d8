/** What a tap on one of our buttons or rows means; it travels as their id and comes back with the answer. */
export type VisitAnswer =
  | { kind: "confirm" }
  /** The visit does not suit: other times are proposed. */
  | { kind: "reschedule" }
  /** Another visit of this kind: times are proposed. */
  | { kind: "again" }
  | { kind: "move"; startsAt: string; providerId: number }
  | { kind: "book"; startsAt: string; providerId: number }
  /** None of the proposed times. */
  | { kind: "other" };

/** An answer in words that we do not understand, which a person has to read; no button brings it. */
export type UnclearAnswer = { kind: "unclear" };

export function answerPayload(appointmentId: number, answer: VisitAnswer): string {
  const head = `appointment:${appointmentId}:${answer.kind}`;
  return answer.kind === "move" || answer.kind === "book"
    ? `${head}:${Math.round(Date.parse(answer.startsAt) / 60_000)}:${answer.providerId}`
    : head;
}

export function readAnswerPayload(payload: string): { appointmentId: number; answer: VisitAnswer } | undefined {
  const found = /^appointment:(\d{1,15}):(confirm|reschedule|again|other|move|book)(?::(\d{1,9}):(\d{1,15}))?$/.exec(
    payload,
  );
  const [, id, kind, minutes, provider] = found ?? [];
  if (id === undefined) return undefined;
  const appointmentId = Number(id);
  switch (kind) {
    case "confirm":
    case "reschedule":
    case "again":
    case "other":
      return minutes === undefined ? { appointmentId, answer: { kind } } : undefined;
    case "move":
    case "book": {
      if (minutes === undefined || provider === undefined) return undefined;
      const startsAt = new Date(Number(minutes) * 60_000).toISOString();
      return { appointmentId, answer: { kind, startsAt, providerId: Number(provider) } };
    }
  }
  return undefined;
}
