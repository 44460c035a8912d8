import { sql } from "kysely";
import { type Json, numberOf, objectOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Media, mediaColumns } from "./get-media.ts";

type Line = { id: number; direction: "in" | "out"; type: string; payload: Json };

/** The files behind these messages, by message: what came with one, or which of our stored files it carries. */
export async function mediaOfMessages(ctx: Ctx, lines: Line[]): Promise<Map<number, Media>> {
  // Most are plain text, and a text carries nothing.
  const messages = lines.filter(({ type }) => type !== "text");
  if (messages.length === 0) return new Map();
  const messageIds = messages.map(({ id }) => id);
  const mediaIds = messages.flatMap((message) => mediaIdIn(message) ?? []);
  const files = await ctx.db.all(selectBehind({ companyId: ctx.companyId, messageIds, mediaIds }));
  const byId = new Map(files.map((file) => [file.id, file]));
  const byMessage = new Map(
    files.flatMap((file) => (file.messageId === null ? [] : [[file.messageId, file] as const])),
  );
  return new Map(
    messages.flatMap((message) => {
      const file = byId.get(mediaIdIn(message) ?? 0) ?? byMessage.get(message.id);
      return file ? [[message.id, file] as const] : [];
    }),
  );
}

function mediaIdIn({ direction, payload }: Line): number | undefined {
  // What came in was written by somebody else: its payload names no file of ours.
  return direction === "out" ? numberOf(objectOf(objectOf(payload)?.media)?.media_id) : undefined;
}

const selectBehind = prepared<{ companyId: number; messageIds: number[]; mediaIds: number[] }>()(
  (_db, arg) => sql<Media>`
    select ${mediaColumns} from media
    where company_id = ${arg("companyId")}::bigint and message_id = any(${arg("messageIds")}::bigint[])
    union
    select ${mediaColumns} from media
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("mediaIds")}::bigint[])`,
);
