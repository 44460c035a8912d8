import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { PhoneView } from "./phone-view.ts";

export type NewSimulatedMessage = {
  channelAccountId: number;
  phoneId: number;
  author: "business" | "customer";
  providerId: string;
  type: string;
  body: Json;
  view: PhoneView;
  replyTo?: string | undefined;
  reactsTo?: string | undefined;
  callbackData?: string | undefined;
  category?: string | undefined;
  status: "accepted" | "sending";
  sentAt: Date;
  /** Left out where it never reaches the phone. */
  visibleAt?: Date | undefined;
};

/** Puts a message on the phone; the same id again is the same message. */
export async function storeSimulatedMessage(tx: TxCtx, message: NewSimulatedMessage): Promise<number | undefined> {
  const { body, view, sentAt, visibleAt, replyTo, reactsTo, callbackData, category, ...rest } = message;
  const stored = await tx.tx.first(
    insertMessage({
      ...rest,
      companyId: tx.companyId,
      body: JSON.stringify(body),
      view: JSON.stringify(view),
      replyTo: replyTo ?? null,
      reactsTo: reactsTo ?? null,
      callbackData: callbackData ?? null,
      category: category ?? null,
      sentAt: sentAt.toISOString(),
      visibleAt: visibleAt?.toISOString() ?? null,
    }),
  );
  return stored?.id;
}

type Row = {
  companyId: number;
  channelAccountId: number;
  phoneId: number;
  author: string;
  providerId: string;
  type: string;
  body: string;
  view: string;
  replyTo: string | null;
  reactsTo: string | null;
  callbackData: string | null;
  category: string | null;
  status: string;
  sentAt: string;
  visibleAt: string | null;
};

const insertMessage = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into simulator_messages (company_id, channel_account_id, phone_id, author, provider_id, type, body, rendered, reply_to,
      reacts_to, callback_data, category, status, sent_at, visible_at)
    values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("phoneId")}::bigint, ${arg("author")}::text,
      ${arg("providerId")}::text, ${arg("type")}::text, ${arg("body")}::jsonb, ${arg("view")}::jsonb, ${arg("replyTo")}::text,
      ${arg("reactsTo")}::text, ${arg("callbackData")}::text, ${arg("category")}::text, ${arg("status")}::text,
      ${arg("sentAt")}::timestamptz, ${arg("visibleAt")}::timestamptz)
    on conflict (company_id, provider_id) do nothing returning id`,
);
