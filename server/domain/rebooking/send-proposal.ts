import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { BotLanguage } from "../bot/phrases/phrases-for.ts";
import type { Ctx, TxCtx } from "../context.ts";
import type { SendOrigin } from "../policy/send-decision.ts";
import { answerPayload } from "../reminders/answer-payload.ts";
import { fillTemplate } from "../reminders/fill-template.ts";
import { spokenOf } from "../reminders/phrases/visit-phrases-for.ts";
import type { TemplateNames } from "../reminders/reminder-settings.ts";
import { templateFor, type UsableNumber, usableNumbers } from "../reminders/usable-templates.ts";
import type { OutgoingContent } from "../sends/outgoing-content.ts";
import { type BatchResult, queueBatch } from "../sends/queue-batch.ts";
import type { ProposedTime } from "./pick-times.ts";
import { type ProposedVisit, proposalContent, timesInWords } from "./proposal-content.ts";

export type OutgoingProposal = {
  visit: ProposedVisit & { contactId: number; firstName: string; providerName: string; lastAccountId: number | null };
  times: ProposedTime[];
  language: BotLanguage;
  /** What is said inside the window, above the times. */
  sentence: string;
  /** Outside of it. */
  templates: TemplateNames;
  /** The company's language, for the template. */
  locale: string;
  origin: SendOrigin;
  channelAccountId?: number;
  onceKey?: string;
};

/** Proposes another visit: as a list to choose from inside the window, by template outside. Null: there is no number to send from. */
export async function sendProposal(tx: TxCtx, proposal: OutgoingProposal): Promise<BatchResult | null> {
  const { visit, channelAccountId, templates, language, locale, origin, onceKey } = proposal;
  const all = await usableNumbers(tx, templates);
  const numbers = channelAccountId === undefined ? all : all.filter(({ accountId }) => accountId === channelAccountId);
  const windowed = await openWindow(tx, visit.contactId, numbers);
  const found = templateFor(numbers, templates, {
    lastAccountId: visit.lastAccountId,
    languages: [language, locale],
  });
  const accountId = windowed ?? found?.accountId ?? numbers[0]?.accountId;
  if (accountId === undefined) return null;
  const template = windowed === undefined ? contentOf(proposal, found) : undefined;
  const [result] = await queueBatch(tx, [
    {
      contactId: visit.contactId,
      channelAccountId: accountId,
      conversationId: null,
      // Without a template the policy refuses the list, and says what could be done instead.
      content: template ?? proposalContent({ ...proposal, act: "book", text: proposal.sentence }),
      origin,
      replyToProviderId: null,
      priority: 8,
      ...(onceKey === undefined ? {} : { onceKey }),
    },
  ]);
  return result ?? null;
}

function contentOf(
  { visit, times }: OutgoingProposal,
  found: ReturnType<typeof templateFor>,
): OutgoingContent | undefined {
  if (!found) return undefined;
  const { name, language, components } = found.template;
  const { contactName, firstName, serviceName, providerName, locationName, timeZone, id } = visit;
  const filled = fillTemplate(components, {
    values: {
      name: contactName,
      first_name: firstName || (contactName.split(" ", 1)[0] ?? ""),
      service: serviceName,
      times: timesInWords(times, timeZone, spokenOf(language)),
      location: locationName,
      provider: providerName,
    },
    order: ["first_name", "service", "times", "location", "provider"],
    payloads: [answerPayload(id, { kind: "again" })],
  });
  return filled && { type: "template", name, language, components: filled };
}

/** The number whose window with this person is open. */
async function openWindow(ctx: Ctx, contactId: number, numbers: UsableNumber[]): Promise<number | undefined> {
  const accountIds = numbers.map(({ accountId }) => accountId);
  const args = { companyId: ctx.companyId, contactId, accountIds, now: ctx.now().toISOString() };
  return (await ctx.db.first(windowOf(args)))?.accountId;
}

const windowOf = prepared<{ companyId: number; contactId: number; accountIds: number[]; now: string }>()(
  (_db, arg) => sql<{ accountId: number }>`
    select channel_account_id as "accountId" from conversations
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and channel_account_id = any(${arg("accountIds")}::bigint[]) and window_expires_at > ${arg("now")}::timestamptz
    order by window_expires_at desc limit 1`,
);
