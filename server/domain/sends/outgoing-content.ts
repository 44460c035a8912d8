import type { Json, JsonObject } from "../../../shared/json.ts";
import type { MailAddress } from "../email/mail-address.ts";

/** A file to send: stored with us (uploaded to the vendor once and reused), already at the vendor, or fetched by the vendor. */
export type OutgoingMedia = { mediaId: number } | { providerMediaId: string } | { link: string };

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

/** One value put into a template, in the vendor-free spelling. */
export type TemplateParameter =
  | { type: "text"; text: string; name?: string }
  | { type: "currency"; fallback: string; code: string; amount1000: number; name?: string }
  /** `parts`: the vendor's own year, month, day and so on beside the text, where somebody gives them. */
  | { type: "date_time"; fallback: string; name?: string; parts?: JsonObject }
  | { type: "media"; kind: "image" | "video" | "document"; media: OutgoingMedia; filename?: string }
  | { type: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { type: "payload"; payload: string }
  | { type: "coupon_code"; code: string }
  | { type: "action"; action: Json }
  | { type: "product"; catalogId: string; productRetailerId: string };

export type TemplateComponent =
  | { type: "header" | "body"; parameters: TemplateParameter[] }
  | { type: "button"; subType: string; index: number; parameters: TemplateParameter[] }
  | { type: "limited_time_offer"; expiresAtMs: number }
  | { type: "carousel"; cards: { index: number; components: TemplateComponent[] }[] };

export type InteractiveHeader =
  | { type: "text"; text: string }
  | { type: "image" | "video" | "document"; media: OutgoingMedia; filename?: string };

type Frame = { body: string; header?: InteractiveHeader; footer?: string };

export type InteractiveContent =
  | (Frame & { kind: "button"; buttons: { id: string; title: string }[] })
  | (Frame & {
      kind: "list";
      button: string;
      sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[];
    })
  | (Frame & { kind: "cta_url"; label: string; url: string })
  | (Frame & { kind: "location_request_message" })
  | (Frame & { kind: "request_contact_info" })
  /** Catalogues, flows, orders: the vendor's own `action`, passed through after its type. Some have no body. */
  | { kind: "vendor"; type: string; body?: string; header?: InteractiveHeader; footer?: string; action: Json };

/** A mail. What it looks like on its way (signature, tracked links, headers) is made when it leaves. */
export type OutgoingEmail = {
  type: "email";
  subject: string;
  text: string;
  /** Null for plain words. The outbox row leaves it to the mail's own. */
  html: string | null;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  inReplyToMessageId: number | null;
  attachmentIds: number[];
  /** The lead whose list shows it. */
  leadId: number | null;
};

/** What one message says, free of any vendor's dialect. Stored as the request of an outbox row. */
export type OutgoingContent =
  | OutgoingEmail
  | { type: "text"; text: string; previewUrl?: boolean }
  | { type: MediaKind; media: OutgoingMedia; caption?: string; filename?: string; voice?: boolean }
  | { type: "location"; latitude: number; longitude: number; name?: string; address?: string }
  | { type: "contacts"; contacts: Json[] }
  | { type: "interactive"; interactive: InteractiveContent }
  | { type: "template"; name: string; language: string; components: TemplateComponent[] }
  /** An empty emoji takes the reaction back. */
  | { type: "reaction"; messageProviderId: string; emoji: string };
