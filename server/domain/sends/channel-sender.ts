import type { OutgoingContent } from "./outgoing-content.ts";

/**
 * What a vendor's refusal means for us, whatever the vendor's own number for it:
 * retry_backoff, retry_few, retry_pair and wait_* come back later by themselves; needs_template, other_channel and never end this message;
 * pause_number and the account_* classes hold the whole number up, and the message waits; opted_out writes consent.
 */
export type ErrorClass =
  | "retry_backoff"
  | "retry_few"
  | "retry_pair"
  | "wait_10min"
  | "wait_1h"
  | "wait_24h"
  | "needs_template"
  | "other_channel"
  | "opted_out_marketing"
  | "opted_out"
  | "pause_number"
  | "template_paused"
  | "template_disabled"
  | "account_auth"
  | "account_blocked"
  | "account_setup"
  | "never";

export type VendorError = {
  class: ErrorClass;
  code: number | null;
  title: string;
  details: string;
  /** Of account_setup: the vendor wants to be paid first. */
  paymentMissing?: true;
  /** We know it ourselves and say so in `details`; the vendor was not asked. */
  isOurs?: true;
};

/** An e-mail address whose server says that nobody is there. */
export type ClosedAddress = { address: string; diagnostic: string };

/** How one call ended. Only `not_sent` and `refused` prove that the vendor has no message of ours. */
export type SendOutcome =
  | {
      kind: "accepted";
      providerId: string;
      waId?: string;
      userId?: string;
      heldForQuality?: boolean;
      /** What else there is to say, in words: one of several recipients was refused. */
      note?: string;
      closedAddresses?: ClosedAddress[];
    }
  | { kind: "refused"; error: VendorError; retryAfterSeconds?: number; closedAddresses?: ClosedAddress[] }
  /** Nothing left this machine: name not found, connection refused. */
  | { kind: "not_sent"; why: string }
  /** The request was on its way and no readable answer came: it may have been accepted. */
  | { kind: "unknown"; why: string };

export type SendingAccount = {
  id: number;
  companyId: number;
  provider: string;
  /** The number's id at the vendor. */
  externalId: string;
  accessTokenSealed: string | null;
};

export type SendCall = {
  account: SendingAccount;
  /** E.164 with plus, a business-scoped user id, or both; the phone wins where the vendor takes both. */
  to: { phone?: string; userId?: string };
  content: OutgoingContent;
  /** The vendor's id of the message this one answers. */
  replyTo?: string;
  /** Ours; comes back with every status. */
  callbackId: string;
};

/** The port through which the outbox reaches a vendor. Implementations never throw: every end of a call is an outcome. */
export type ChannelSender = {
  /** How many calls of one account may be under way at once, where it bears less than the outbox. */
  mostCallsOfAccount?: number;
  send(call: SendCall): Promise<SendOutcome>;
  /** Marks the person's messages up to this one as read, and shows that we are typing where asked. */
  markRead(
    account: SendingAccount,
    providerId: string,
    options: { typing: boolean },
  ): Promise<SendOutcome | { kind: "done" }>;
};
