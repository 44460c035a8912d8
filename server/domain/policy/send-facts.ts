import type { PriceBook } from "./prices/price-book.ts";
import type { SendSettings } from "./send-settings.ts";

export type ConsentWord = {
  state: "granted" | "withdrawn";
  at: Date;
  source: string;
  /** The one message that says "you are unsubscribed" is still to leave. */
  confirmationDue: boolean;
};

export type SuppressedAddress = {
  address: string;
  reason: "hard_bounce" | "soft_bounces" | "complaint" | "unsubscribed" | "manual";
  since: Date;
};

export type PersonFacts = {
  doNotContact: boolean;
  /** E.164 with plus. */
  phone: string | null;
  /** Business-scoped id of somebody whose number we may not know. */
  userId: string | null;
  /** Addresses of the mail that take none, and why. */
  suppressed: SuppressedAddress[];
  /** Two capital letters, from the number, the user id or the record. */
  country: string | null;
  everything: ConsentWord | null;
  marketing: ConsentWord | null;
};

export type ChannelFacts = {
  id: number;
  provider: string;
  name: string;
  wabaId: string | null;
  /** Whose tier it shares: numbers of one business. */
  portfolio: string;
  disconnected: boolean;
  /** Why: the vendor does not accept our credentials any more. */
  signInRefused: boolean;
  /** Why: an admin paused it. */
  pausedByHand: boolean;
  /** The vendor shut the account: nothing leaves. */
  blocked: boolean;
  /** The vendor forbids starting conversations; until when, or null where it did not say. */
  restricted: { until: Date | null } | null;
  paymentMissing: boolean;
  lowQuality: boolean;
  pausedUntil: Date | null;
  pauseReason: string | null;
  /** Of the portfolio; null where none is known or none holds. */
  tierLimit: number | null;
  /** When the people counted in the last 24 hours stop counting, the next first; may be cut after a thousand. */
  tierFreeAt: Date[];
  tierUsed: number;
  /** Service messages and utility in a window, delivered this month. */
  deliveredThisMonth: number;
};

export type TemplateFacts = {
  id: number;
  channelAccountId: number | null;
  wabaId: string | null;
  name: string;
  language: string;
  category: string | null;
  status: string;
  quality: string | null;
};

/** What the person got from us, or is about to get. */
export type HistoryFacts = {
  /** Times of messages outside a window, and of marketing; newest or oldest first does not matter. */
  initiatedAt: Date[];
  marketingAt: Date[];
  /** Counted in the portfolio's tier already: another message takes no new place. */
  inTier: boolean;
};

/** Everything that decides over one message. Loaded by loadSendFacts; a test writes it by hand. */
export type SendFacts = {
  person: PersonFacts | null;
  channel: ChannelFacts | null;
  windowExpiresAt: Date | null;
  lastInboundAt: Date | null;
  freeEntryExpiresAt: Date | null;
  pairFreeAt: Date | null;
  template: TemplateFacts | null;
  /** Approved ones of this number, for what could be sent instead. */
  approvedTemplates: TemplateFacts[];
  history: HistoryFacts;
  settings: SendSettings;
  timeZone: string;
  prices: PriceBook;
};
