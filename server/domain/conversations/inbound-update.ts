import type { Json } from "../../../shared/json.ts";
import type { IncomingMail } from "../email/received/incoming-mail.ts";
import type { ErrorClass } from "../sends/channel-sender.ts";

/** Every way in which one provider names a person. At least one of them is there, and not only the profile name. */
export type PersonKeys = {
  /** Digits only, as WhatsApp spells it; may differ from the number dialled (BR, MX, AR). */
  waId?: string;
  /** E.164 with a leading plus. */
  phone?: string;
  /** Business-scoped user id, "US.1349…". */
  userId?: string;
  parentUserId?: string;
  /** Without a leading @. */
  username?: string;
  /** A gateway's id that is not a phone: "…@lid". */
  jid?: string;
  /** Folded. */
  email?: string;
  /** Known for certain, by a token of ours: whatever else the message says of its sender. */
  contactId?: number;
  /** What the person calls themselves. */
  profileName?: string;
};

/** Which of our numbers an update belongs to. */
export type ChannelKey =
  | { provider: "whatsapp_cloud"; wabaId?: string; phoneNumberId?: string; displayPhone?: string }
  | { provider: "whatsapp_gateway"; companyId: number; instance: string }
  | { provider: "email" };

export type MediaRef = {
  id?: string;
  url?: string;
  mimeType?: string;
  sha256?: string;
  filename?: string;
  caption?: string;
  voice?: boolean;
  animated?: boolean;
};

export type ProviderError = { code?: number; title?: string; details?: string };

/** What a message carries. `type` is the provider's own word, so that an unknown one is stored as such. */
export type MessageContent = {
  type: string;
  /** What a person reads: body, caption, button title, place name; undefined where there is nothing to read. */
  text?: string;
  media?: MediaRef;
  /** The id behind a button, list row or quick reply. */
  payload?: string;
  /** A reaction's target; its emoji is `text`, absent when the reaction was taken back. */
  reactsTo?: string;
  /** The provider's own structure for what has no field here: location, contacts, order, interactive, … */
  details?: Json;
  errors?: ProviderError[];
};

export type DeliveryStatus = "accepted" | "sent" | "delivered" | "read" | "played" | "failed";

/** Who wrote it and in whose chat, where the provider says; a gateway's id alone names no message for certain. */
export type ChangedMessage = {
  channel: ChannelKey;
  providerId: string;
  person?: PersonKeys;
  direction?: "in" | "out";
};

/** One thing a provider told us, freed of its dialect. The raw body is kept beside it, so nothing here has to be complete. */
export type InboundUpdate =
  | {
      kind: "message";
      channel: ChannelKey;
      /** The provider's id; a message without one gets a hash of its content, so that it is stored once. */
      providerId: string;
      /** "echo": written by the business in the phone app. "automatic": by a machine; nobody answered, and nobody waits. */
      origin: "person" | "echo" | "history" | "automatic";
      direction: "in" | "out";
      person: PersonKeys;
      sentAt: Date;
      content: MessageContent;
      replyTo?: string;
      forwarded?: boolean;
      referral?: Json;
      /** A group's id where the message was not written to us alone. */
      groupId?: string;
      status?: DeliveryStatus;
      /** What only mails have. */
      mail?: IncomingMail;
    }
  | {
      kind: "status";
      channel: ChannelKey;
      providerId: string;
      status: DeliveryStatus;
      at: Date;
      person: PersonKeys;
      /** Our own id, sent along as biz_opaque_callback_data. */
      callbackData?: string;
      errors?: ProviderError[];
      /** What a failure means for us. */
      errorClass?: ErrorClass;
      /** Of a failure: the vendor wants to be paid first. */
      paymentMissing?: true;
      pricing?: Json;
      groupId?: string;
    }
  | ({ kind: "edited"; at: Date; content: MessageContent } & ChangedMessage)
  | ({ kind: "revoked"; at: Date } & ChangedMessage)
  | {
      kind: "identity_changed";
      channel: ChannelKey;
      /** "number": a new phone; "user_id": a new business-scoped id. */
      change: "number" | "user_id";
      from: PersonKeys;
      to: PersonKeys;
      at: Date;
      text?: string;
      /** The system message's id, where it came as one. */
      providerId?: string;
    }
  | {
      kind: "contact_synced";
      channel: ChannelKey;
      action: "add" | "remove";
      person: PersonKeys;
      fullName?: string;
      firstName?: string;
      at: Date;
    }
  | {
      kind: "preference";
      channel: ChannelKey;
      person: PersonKeys;
      category: string;
      value: "stop" | "resume";
      at: Date;
    }
  | {
      kind: "account_event";
      channel: ChannelKey;
      field: string;
      event?: string;
      /** The moment we received it where the provider named none; then only the details tell two of a kind apart. */
      at: Date;
      untimed?: boolean;
      details: Json;
    }
  | { kind: "unknown"; channel: ChannelKey; field: string; why: string; details: Json };
