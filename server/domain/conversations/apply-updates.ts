import { scheduleTurns } from "../bot/schedule-turns.ts";
import { type AccountEvent, applyAccountEvents, type UnknownUpdate } from "../channels/apply-account-events.ts";
import type { TxCtx } from "../context.ts";
import { runIntake } from "../intake/run-intake.ts";
import { createLeadsForNewcomers } from "../leads/create-leads-for-newcomers.ts";
import { applyStopWords } from "../policy/stop-words/apply-stop-words.ts";
import { noteAnswers } from "../reminders/answers/note-answers.ts";
import { noteSigns } from "../sends/note-signs.ts";
import { applyMessageChanges, type MessageChange } from "./apply-message-changes.ts";
import { applyPersonUpdates, type PersonUpdate } from "./apply-person-updates.ts";
import { applyStatuses, type StatusUpdate } from "./apply-statuses.ts";
import { namedInChats } from "./chat-names.ts";
import { applyEarlyChanges, takeTurnOfChanges } from "./early-changes.ts";
import type { InboundUpdate } from "./inbound-update.ts";
import { lockNames } from "./lock-names.ts";
import {
  isFromPerson,
  type MessageUpdate,
  type ReceivedMessage,
  type Routed,
  receiveMessages,
} from "./receive-messages.ts";

/**
 * Applies what providers told about one company, in one transaction: everything that follows from a message (person, lead, score,
 * task, deal) stands or falls with the message itself, so a crash between any two steps leaves nothing half done. Every part is
 * idempotent: the same updates again change nothing.
 */
export async function applyUpdates(tx: TxCtx, items: Routed<InboundUpdate>[]): Promise<void> {
  const { messages, statuses, changes, people, accounts } = byKind(items);
  if (changes.length > 0) await takeTurnOfChanges(tx, "changes");
  else if (messages.length + statuses.length > 0) await takeTurnOfChanges(tx, "messages");
  await lockNames(tx, [...statuses, ...messages].flatMap(namesIn));
  const received = await receiveMessages(tx, messages);
  const conversational = await applyStopWords(tx, received);
  await applyPersonUpdates(tx, people);
  await applyEarlyChanges(tx, received);
  await applyMessageChanges(tx, await namedInChats(tx, changes));
  await applyStatuses(tx, await namedInChats(tx, statuses));
  await noteSigns(tx, {
    statuses: statuses.map(({ channelAccountId }) => channelAccountId),
    messages: received.filter(isFromPerson).map(({ channelAccountId }) => channelAccountId),
  });
  await applyAccountEvents(tx, accounts);
  const answers = await noteAnswers(tx, conversational);
  const news = conversational.filter((message) => isFromPerson(message) && !answers.has(message.id));
  const newLeads = await createLeadsForNewcomers(tx, news.filter(saysSomething).map(newcomerOf));
  await takeIn(tx, news, newLeads);
}

function byKind(items: Routed<InboundUpdate>[]) {
  const messages: Routed<MessageUpdate>[] = [];
  const statuses: Routed<StatusUpdate>[] = [];
  const changes: Routed<MessageChange>[] = [];
  const people: Routed<PersonUpdate>[] = [];
  const accounts: Routed<AccountEvent | UnknownUpdate>[] = [];
  for (const item of items) {
    const { update } = item;
    switch (update.kind) {
      case "message":
        if (update.groupId === undefined) messages.push({ ...item, update });
        else accounts.push({ ...item, update: groupMessage(update) });
        break;
      case "status":
        statuses.push({ ...item, update });
        break;
      case "edited":
      case "revoked":
        changes.push({ ...item, update });
        break;
      case "identity_changed":
      case "contact_synced":
      case "preference":
        people.push({ ...item, update });
        break;
      case "account_event":
      case "unknown":
        accounts.push({ ...item, update });
    }
  }
  return { messages, statuses, changes, people, accounts };
}

/** A reaction, or one taken back, begins nothing. */
function saysSomething({ update }: ReceivedMessage): boolean {
  return update.content.type !== "reaction";
}

function newcomerOf({ contactId, update }: ReceivedMessage) {
  return { contactId, ...(update.referral === undefined ? {} : { referral: update.referral }) };
}

/** What a person says makes score, task and deal, and the bot's turn. */
async function takeIn(tx: TxCtx, spoken: ReceivedMessage[], newLeads: Set<number>): Promise<void> {
  await runIntake(
    tx,
    spoken.map(({ contactId, update }) => ({
      contactId,
      opensLead: newLeads.has(contactId),
      isMail: update.channel.provider === "email",
      text: update.content.text ?? "",
      profileName: update.person.profileName ?? "",
    })),
  );
  await scheduleTurns(
    tx,
    // A mail waits for a person: a machine that answers mails sooner or later answers another machine.
    spoken
      .filter(({ update }) => update.channel.provider !== "email")
      .map(({ id, conversationId, contactId }) => ({ messageId: id, conversationId, contactId })),
  );
}

/**
 * A status and its message may be worked on by two workers at once; whoever comes second must see the other's row. And who wrote in one
 * batch may have got our message in the other, and the other way round: each would hold the conversation that the other one waits for.
 */
function namesIn({ update, channelAccountId }: Routed<MessageUpdate | StatusUpdate>): string[] {
  const { waId, phone, userId, jid } = update.person;
  const people = [waId ?? phone, userId, jid].flatMap((key) => (key === undefined ? [] : `person ${key}`));
  if (update.kind === "message" && update.direction === "in") return people;
  return [`message ${channelAccountId} ${update.providerId}`, ...people];
}

/** A message to a group is nobody's conversation with us; it is kept in the journal. */
function groupMessage(update: MessageUpdate): AccountEvent {
  const { type, text } = update.content;
  return {
    kind: "account_event",
    channel: update.channel,
    field: "group_message",
    event: type,
    at: update.sentAt,
    details: { group_id: update.groupId ?? null, provider_id: update.providerId, text: text ?? null },
  };
}
