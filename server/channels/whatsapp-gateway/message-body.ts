import { objectOf } from "../../../shared/json.ts";

/** A message's one part that says what it is: "imageMessage" and its fields; a plain text is `conversation`. */
export type MessageBody = { word: string; fields: Record<string, unknown> };

const wrappers = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "deviceSentMessage",
  "editedMessage",
];

/** Parts that stand beside the content and are none. */
const companions = new Set(["messageContextInfo", "senderKeyDistributionMessage", "base64", "mediaUrl"]);

/** Unwraps disappearing, view-once and similar messages. */
export function messageBody(message: unknown): MessageBody | undefined {
  let fields = objectOf(message);
  // Real wrappers nest twice at most; the bound is against made-up ones.
  for (let depth = 0; depth < 10 && fields !== undefined; depth += 1) {
    const inner = innerMessage(fields);
    if (inner === undefined) return bodyIn(fields);
    fields = inner;
  }
  return undefined;
}

function innerMessage(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const wrapper = wrappers.find((word) => fields[word] !== undefined);
  return wrapper === undefined ? undefined : objectOf(objectOf(fields[wrapper])?.message);
}

function bodyIn(fields: Record<string, unknown>): MessageBody | undefined {
  const { conversation, mediaUrl } = fields;
  if (typeof conversation === "string" && conversation !== "")
    return { word: "conversation", fields: { text: conversation } };
  for (const [word, value] of Object.entries(fields)) {
    const body = objectOf(value);
    // A gateway's own address can be fetched; WhatsApp's is encrypted.
    if (body !== undefined && !companions.has(word)) return { word, fields: { ...body, url: mediaUrl ?? body.url } };
  }
  return undefined;
}
