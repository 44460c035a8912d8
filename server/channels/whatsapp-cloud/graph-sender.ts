import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { ChannelSender, SendCall, SendingAccount, SendOutcome } from "../../domain/sends/channel-sender.ts";
import { storedMediaIn } from "../../domain/sends/content/stored-media-in.ts";
import { accessTokenOf } from "./access-token.ts";
import { refusedOutcome } from "./graph-error.ts";
import { type GraphAnswer, GraphNotReached, type GraphRequest, type GraphTransport } from "./graph-transport.ts";
import type { VendorMedia } from "./media-reference.ts";
import { readRequest, sendRequest } from "./send-request.ts";

/** The vendor's id of a stored file for this number, uploaded where it has none; or why the message cannot go out. */
export type UploadMedia = (
  account: SendingAccount,
  mediaId: number,
  accessToken: string,
) => Promise<{ kind: "ready"; providerMediaId: string } | Extract<SendOutcome, { kind: "refused" | "not_sent" }>>;

export type GraphSenderOptions = {
  /** Opens the accounts' tokens. */
  encryptionKey: string;
  upload: UploadMedia;
  now?: () => Date;
};

/** Sends over the Graph API, whichever way the transport reaches it. */
export function createGraphSender(transport: GraphTransport, options: GraphSenderOptions): ChannelSender {
  const { encryptionKey, upload, now = () => new Date() } = options;
  return {
    async send(call) {
      const token = accessTokenOf(call.account, encryptionKey);
      if (!token.ok) return token.outcome;
      const media = await uploadAll(call, token.accessToken, upload);
      if ("kind" in media) return media;
      const body = sendRequest(call, media.uploaded);
      const answer = await post(transport, call.account, body, token.accessToken);
      return "kind" in answer ? answer : acceptedOutcome(answer, now());
    },
    async markRead(account, providerId, typing) {
      const token = accessTokenOf(account, encryptionKey);
      if (!token.ok) return token.outcome;
      const answer = await post(transport, account, readRequest(providerId, typing), token.accessToken);
      if ("kind" in answer) return answer;
      return answer.status < 300 ? { kind: "done" } : refusedOutcome(answer, now());
    },
  };
}

async function uploadAll(
  call: SendCall,
  accessToken: string,
  upload: UploadMedia,
): Promise<{ uploaded: VendorMedia } | SendOutcome> {
  const uploaded = new Map<number, string>();
  for (const mediaId of new Set(storedMediaIn(call.content).map((file) => file.mediaId))) {
    const result = await upload(call.account, mediaId, accessToken).catch(
      (error: unknown) => ({ kind: "not_sent", why: error instanceof Error ? error.message : String(error) }) as const,
    );
    if (result.kind !== "ready") return result;
    uploaded.set(mediaId, result.providerMediaId);
  }
  return { uploaded };
}

async function post(
  transport: GraphTransport,
  account: SendingAccount,
  body: NonNullable<GraphRequest["body"]>,
  accessToken: string,
): Promise<GraphAnswer | SendOutcome> {
  try {
    return await transport.call({ method: "POST", path: `/${account.externalId}/messages`, body, accessToken });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    // Whatever else broke may have broken after the request was out.
    return error instanceof GraphNotReached ? { kind: "not_sent", why } : { kind: "unknown", why };
  }
}

function acceptedOutcome(answer: GraphAnswer, now: Date): SendOutcome {
  if (answer.status < 200 || answer.status >= 300) return refusedOutcome(answer, now);
  const body = objectOf(answer.body);
  const message = objectOf(listOf(body?.messages)[0]);
  const contact = objectOf(listOf(body?.contacts)[0]);
  const providerId = textOf(message?.id);
  if (providerId === undefined) return { kind: "unknown", why: "WhatsApp took the message without giving it an id." };
  const waId = textOf(contact?.wa_id);
  const userId = textOf(contact?.user_id);
  const held = message?.message_status;
  return {
    kind: "accepted",
    providerId,
    ...(waId === undefined ? {} : { waId }),
    ...(userId === undefined ? {} : { userId }),
    ...(held === "held_for_quality_assessment" || held === "paused" ? { heldForQuality: true } : {}),
  };
}
