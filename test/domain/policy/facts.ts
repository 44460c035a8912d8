import { priceBook } from "../../../server/domain/policy/prices/price-book.ts";
import type { WantedSend } from "../../../server/domain/policy/send-decision.ts";
import type {
  ChannelFacts,
  ConsentWord,
  HistoryFacts,
  PersonFacts,
  SendFacts,
  TemplateFacts,
} from "../../../server/domain/policy/send-facts.ts";
import { defaultSendSettings, type SendSettings } from "../../../server/domain/policy/send-settings.ts";

export type Given = Partial<Omit<SendFacts, "person" | "channel" | "settings" | "history" | "template">> & {
  person?: Partial<PersonFacts> | null;
  channel?: Partial<ChannelFacts> | null;
  settings?: Partial<SendSettings>;
  history?: Partial<HistoryFacts>;
  template?: Partial<TemplateFacts> | null;
};

export const noon = new Date("2026-11-21T12:00:00Z");

export function ago(now: Date, text: string): Date {
  const [, amount = "0", unit = "h"] = /^(-?[\d.]+)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor =
    new Map([
      ["ms", 1],
      ["s", 1_000],
      ["m", 60_000],
      ["h", 3_600_000],
      ["d", 86_400_000],
    ]).get(unit) ?? 0;
  return new Date(now.getTime() - Number(amount) * factor);
}

/** A German with an open window on a healthy number, changed as the case says. */
export function factsWith(given: Given, now: Date = noon): SendFacts {
  const { person, channel, settings, history, template, ...rest } = given;
  return {
    windowExpiresAt: new Date(now.getTime() + 3_600_000),
    lastInboundAt: ago(now, "23h"),
    freeEntryExpiresAt: null,
    pairFreeAt: null,
    approvedTemplates: [],
    timeZone: "Europe/Berlin",
    prices: priceBook([]),
    ...rest,
    person: person === null ? null : { ...anyPerson, ...person },
    channel: channel === null ? null : { ...anyChannel, ...channel },
    settings: { ...defaultSendSettings, ...settings },
    history: { initiatedAt: [], marketingAt: [], inTier: false, ...history },
    template: template ? { ...anyTemplate, ...template } : null,
  };
}

export function wantedWith(wanted: Partial<WantedSend> = {}): WantedSend {
  return {
    contactId: 1,
    channelAccountId: 1,
    purpose: "service",
    content: { kind: "free" },
    origin: "user",
    ...wanted,
  };
}

export function said(state: "granted" | "withdrawn", at: Date = ago(noon, "2d"), confirmationDue = false): ConsentWord {
  return { state, at, source: "test", confirmationDue };
}

export const anyTemplate: TemplateFacts = {
  id: 7,
  channelAccountId: null,
  wabaId: "waba",
  name: "order_update",
  language: "en",
  category: "UTILITY",
  status: "APPROVED",
  quality: "GREEN",
};

const anyPerson: PersonFacts = {
  doNotContact: false,
  phone: "+4915112345678",
  userId: null,
  country: "DE",
  everything: null,
  marketing: null,
  suppressed: [],
};

const anyChannel: ChannelFacts = {
  id: 1,
  provider: "whatsapp_cloud",
  name: "Main",
  wabaId: "waba",
  portfolio: "business 1",
  disconnected: false,
  signInRefused: false,
  pausedByHand: false,
  blocked: false,
  restricted: null,
  paymentMissing: false,
  lowQuality: false,
  pausedUntil: null,
  pauseReason: null,
  tierLimit: null,
  tierFreeAt: [],
  tierUsed: 0,
  deliveredThisMonth: 0,
};
