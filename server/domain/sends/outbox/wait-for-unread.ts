import type { TxCtx } from "../../context.ts";
import { type Named, namedInUnread } from "../../conversations/named-in-unread.ts";
import type { NextSend } from "./next-sends.ts";
import { writeEnds } from "./write-ends.ts";

const lookAgainMs = 1_000;
const reason = "News from WhatsApp that may be this person's is still being read; it leaves afterwards.";

/**
 * Advertising waits while a stored webhook body that nobody has read may be the person's STOP; gives the others. Asked before the policy,
 * so that what was read in between is seen by it.
 */
export async function waitForUnread(tx: TxCtx, sends: NextSend[]): Promise<NextSend[]> {
  const wary = sends.filter(isWary);
  if (wary.length === 0) return sends;
  const named = await namedInUnread(tx.tx, wary.flatMap(namesOf));
  const held = wary.filter(({ contactId }) => named.has(contactId));
  if (held.length === 0) return sends;
  const at = new Date(tx.now().getTime() + lookAgainMs);
  const end = { state: "queued", at, reason, inOrder: true, errorClass: null, error: null } as const;
  await writeEnds(
    tx,
    held.map(({ id, messageId }) => ({ sendId: id, messageId, end })),
  );
  return sends.filter((send) => !held.includes(send));
}

function isWary({ purpose, origin, provider }: NextSend): boolean {
  return provider !== "email" && (purpose === "marketing" || origin === "campaign");
}

// The last eight digits are the same in every spelling that a country has for a number (Brazil's ninth digit stands before them).
function namesOf({ contactId, phone, userId }: NextSend): Named[] {
  const names = [phone?.slice(-8) ?? null, userId];
  return names.flatMap((name) => (name === null ? [] : [{ contactId, name }]));
}
