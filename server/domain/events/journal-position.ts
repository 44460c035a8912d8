/** A place in the journal's order: transaction, then event. A transaction id has 64 bits, more than a number holds. */
export type JournalPosition = { transactionId: bigint; eventId: number };

/** "7341.120" */
export function writePosition({ transactionId, eventId }: JournalPosition): string {
  return `${transactionId}.${eventId}`;
}

/** The position again; nothing where the text is none. */
export function readPosition(text: string): JournalPosition | undefined {
  const [, transaction, event] = /^(\d{1,19})\.(\d{1,15})$/.exec(text.trim()) ?? [];
  if (transaction === undefined || event === undefined) return undefined;
  return { transactionId: BigInt(transaction), eventId: Number(event) };
}
