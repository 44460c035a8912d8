/** What a message is for. Service: an answer or anything else a person writes by hand. */
export type Purpose = "service" | "utility" | "marketing" | "authentication";

export type SendOrigin = "user" | "bot" | "campaign" | "api" | "system";

/** `recipients` are those of To; whoever gets a copy (Cc, Bcc) is left out where their address takes no mail. */
export type WantedMail = { kind: "email"; recipients: string[]; copies: string[] };

/** An address of Cc or Bcc that gets no copy, and why. */
export type LeftOut = { address: string; why: string };

/** A message somebody wants to send, as far as the policy needs to know it. */
export type WantedSend = {
  contactId: number;
  channelAccountId: number;
  purpose: Purpose;
  content: { kind: "free" } | { kind: "template"; templateId: number } | WantedMail;
  origin: SendOrigin;
  /**
   * The outbox row when it is asked again before the vendor's call. Then only what was called, or waits ahead of it, counts against
   * the caps: without it a message would be held up by itself.
   */
  sendId?: number;
};

/** Every reason for which a message may not leave, now or at all. Screens and surfaces say it by `reason`, code reads this. */
export type SendObstacle =
  | "do_not_contact"
  | "opted_out"
  | "marketing_opted_out"
  | "no_marketing_consent"
  | "window_closed"
  | "template_not_approved"
  | "template_missing"
  | "template_purpose"
  | "marketing_to_us"
  | "needs_phone"
  | "no_address"
  | "channel_cannot_send"
  | "address_suppressed"
  | "channel_disconnected"
  | "account_restricted"
  | "payment_missing"
  | "quiet_hours"
  | "frequency_cap"
  | "marketing_cap"
  | "tier_reached"
  | "pair_rate"
  | "number_paused";

/** Decimal text and ISO 4217 code; `free` says why it costs nothing. */
export type SendPrice = {
  amount: string;
  currency: string;
  category: Purpose;
  free: "allotment" | "free_entry_point" | "not_billed" | null;
  /** In words: "utility rate of India since 2026-10-01". */
  basis: string;
};

export type Alternative =
  | { kind: "use_template"; templateIds: number[] }
  | { kind: "wait_until"; at: string }
  | { kind: "ask_for_consent" }
  | { kind: "other_channel"; channel: string }
  | { kind: "call" }
  | { kind: "reconnect_channel" };

type Common = {
  reason: string;
  warnings: string[];
  alternatives: Alternative[];
  price: SendPrice | null;
  outsideWindow: boolean;
  /** The mail goes without these. */
  leftOut?: LeftOut[];
};

/** What the policy says of one wanted message. `later` is no failure: the message waits until then. */
export type SendDecision =
  | (Common & { outcome: "allowed"; by: "free_text" | "template" })
  | (Common & { outcome: "later"; by: "free_text" | "template"; obstacle: SendObstacle; at: Date })
  | (Common & { outcome: "refused"; obstacle: SendObstacle });
