import type { Ctx } from "../../context.ts";
import { listMessagePrices } from "../prices/list-message-prices.ts";
import { priceBook } from "../prices/price-book.ts";
import type { WantedSend } from "../send-decision.ts";
import type { SendFacts } from "../send-facts.ts";
import { getSendSettings } from "../send-settings.ts";
import { companyTimeZone } from "./company-time-zone.ts";
import { loadChannels } from "./load-channels.ts";
import { loadHistories } from "./load-histories.ts";
import { loadPeople } from "./load-people.ts";
import { loadSuppressions } from "./load-suppressions.ts";
import { loadTemplates } from "./load-templates.ts";

/** All facts for a list of wanted messages in nine statements, however long the list is. */
export async function loadSendFacts(ctx: Ctx, wanted: WantedSend[], now: Date): Promise<(index: number) => SendFacts> {
  const [settings, timeZone, own, channels, people, histories, templates, suppressedOf] = await Promise.all([
    getSendSettings(ctx),
    companyTimeZone(ctx),
    listMessagePrices(ctx),
    loadChannels(ctx, wanted, now),
    loadPeople(ctx, wanted, now),
    loadHistories(ctx, wanted, now),
    loadTemplates(ctx, wanted),
    loadSuppressions(ctx, wanted),
  ]);
  const prices = priceBook(own);
  return (index) => {
    const send = wanted[index];
    const row = people.get(index);
    const channel = (send && channels.get(send.channelAccountId)) ?? null;
    const { history, confirmationLeft } = histories(index, channel?.portfolioIds ?? []);
    return {
      person: row ? { ...row.person(now, confirmationLeft), suppressed: send ? suppressedOf(send) : [] } : null,
      channel: channel?.facts ?? null,
      windowExpiresAt: row?.windowExpiresAt ?? null,
      lastInboundAt: row?.lastInboundAt ?? null,
      freeEntryExpiresAt: row?.freeEntryExpiresAt ?? null,
      pairFreeAt: row?.pairFreeAt ?? null,
      template: send?.content.kind === "template" ? (templates.byId.get(send.content.templateId) ?? null) : null,
      approvedTemplates: channel ? templates.approvedFor(channel.facts.id, channel.facts.wabaId) : [],
      history,
      settings,
      timeZone,
      prices,
    };
  };
}
