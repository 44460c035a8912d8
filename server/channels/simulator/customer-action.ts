import type { JsonObject } from "../../../shared/json.ts";
import type { Ctx } from "../../domain/context.ts";
import { invalid, notFound } from "../../domain/domain-error.ts";
import { findPhoneMessage, type PhoneMessage } from "../../domain/simulator/phone-messages.ts";
import { receivedDays, storeSimulatedMedia } from "../../domain/simulator/simulated-media.ts";
import type { SimulatedPhone } from "../../domain/simulator/simulated-phone.ts";
import type { SimulatedMessage } from "./build-body.ts";
import { mediaUrl } from "./media-calls.ts";
import { picture } from "./picture.ts";
import { voiceNote } from "./voice-note.ts";

/** What a customer does on their phone other than write a text. */
export type CustomerAction =
  | { action: "tap"; messageId: string; button: number }
  | { action: "choose"; messageId: string; rowId: string }
  | { action: "react"; messageId: string; emoji: string }
  | { action: "edit"; messageId: string; text: string }
  | { action: "revoke"; messageId: string }
  | { action: "reply"; messageId: string; text: string }
  | { action: "voice_note" }
  | { action: "picture"; text?: string | undefined }
  | { action: "location" }
  | { action: "ad"; text: string }
  | { action: "several"; texts: string[] };

type Draft = Pick<SimulatedMessage, "type" | "body" | "replyTo" | "referral">;

export type ActionOptions = { appSecret: string; onceKey?: string | undefined };

/** The messages that WhatsApp would tell us of. */
export async function messagesOfAction(
  ctx: Ctx,
  phone: SimulatedPhone,
  action: CustomerAction,
  { appSecret, onceKey }: ActionOptions,
): Promise<SimulatedMessage[]> {
  const sentAt = ctx.now();
  const drafts = await draftsOf(ctx, phone, action, appSecret);
  return drafts.map((draft) => ({ ...draft, sentAt, onceKey }));
}

async function draftsOf(ctx: Ctx, phone: SimulatedPhone, action: CustomerAction, appSecret: string): Promise<Draft[]> {
  switch (action.action) {
    case "tap":
      return [tapped(await shown(ctx, phone, action.messageId, "business"), action.button)];
    case "choose":
      return [chosen(await shown(ctx, phone, action.messageId, "business"), action.rowId)];
    case "react": {
      const { providerId } = await shown(ctx, phone, action.messageId);
      return [{ type: "reaction", body: { message_id: providerId, emoji: action.emoji } }];
    }
    case "reply": {
      const { providerId } = await shown(ctx, phone, action.messageId);
      return [{ ...textDraft(action.text), replyTo: providerId }];
    }
    case "edit": {
      const { providerId } = await shown(ctx, phone, action.messageId, "customer");
      const message = { type: "text", text: { body: action.text } };
      return [{ type: "edit", body: { original_message_id: providerId, message } }];
    }
    case "revoke": {
      const { providerId } = await shown(ctx, phone, action.messageId, "customer");
      return [{ type: "revoke", body: { original_message_id: providerId } }];
    }
    case "voice_note":
      return [
        {
          type: "audio",
          body: await fileBody(ctx, appSecret, voiceNote(3), "audio/ogg; codecs=opus", { voice: true }),
        },
      ];
    case "picture": {
      const caption: JsonObject = action.text === undefined ? {} : { caption: action.text };
      return [{ type: "image", body: await fileBody(ctx, appSecret, picture(), "image/png", caption) }];
    }
    case "location":
      return [{ type: "location", body: { latitude: 52.51628, longitude: 13.37771, name: "Our front door" } }];
    case "ad":
      return [{ ...textDraft(action.text), referral: referral() }];
    case "several":
      return action.texts.map(textDraft);
  }
}

async function shown(
  ctx: Ctx,
  phone: SimulatedPhone,
  providerId: string,
  author?: "business" | "customer",
): Promise<Omit<PhoneMessage, "reactions">> {
  const message = await findPhoneMessage(ctx, phone.id, providerId);
  if (!message || (author !== undefined && message.author !== author)) throw notFound("message", providerId);
  return message;
}

/** A template's button answers with its payload, one of a message with its id; both name the message. */
function tapped({ view, providerId }: Omit<PhoneMessage, "reactions">, index: number): Draft {
  const button = view.buttons?.[index];
  if (button?.kind !== "reply") throw invalid("button", "button is not one that answers");
  const { title, value } = button;
  if (button.answersAs === "button")
    return { type: "button", body: { payload: value, text: title }, replyTo: providerId };
  return {
    type: "interactive",
    body: { type: "button_reply", button_reply: { id: value, title } },
    replyTo: providerId,
  };
}

function chosen({ view, providerId }: Omit<PhoneMessage, "reactions">, rowId: string): Draft {
  const row = view.list?.sections.flatMap(({ rows }) => rows).find(({ id }) => id === rowId);
  if (!row) throw invalid("row_id", "row_id is not in this list");
  return { type: "interactive", body: { type: "list_reply", list_reply: { ...row } }, replyTo: providerId };
}

async function fileBody(
  ctx: Ctx,
  appSecret: string,
  bytes: Buffer,
  mimeType: string,
  more: JsonObject,
): Promise<JsonObject> {
  const { mediaId, sha256 } = await storeSimulatedMedia(ctx, { bytes, mimeType, keptDays: receivedDays });
  return {
    mime_type: mimeType,
    // In base64 here, in hex where the file is described: Meta's own inconsistency.
    sha256: Buffer.from(sha256, "hex").toString("base64"),
    id: mediaId,
    url: mediaUrl(mediaId, appSecret, ctx.now()),
    ...more,
  };
}

function textDraft(text: string): Draft {
  return { type: "text", body: { body: text } };
}

/** Click-to-WhatsApp: what Meta says of the ad that was tapped. */
function referral(): JsonObject {
  return {
    source_url: "https://fb.me/simulated-ad",
    source_id: "120210000000000001",
    source_type: "ad",
    headline: "A CRM that lives in WhatsApp",
    body: "Write to us and see it at work.",
    media_type: "image",
    image_url: "https://example.com/ad.png",
    ctwa_clid: `ARsim${Date.now().toString(36)}`,
    welcome_message: { text: "Hello! How can we help you?" },
  };
}
