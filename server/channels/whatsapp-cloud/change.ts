import { jsonOf } from "../../../shared/json.ts";
import type { ChannelKey, InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import type { ContactBook } from "./contact-book.ts";

/** One `changes[]` item on its way through the parsers, with what all its items share. */
export type Change = {
  field: string;
  channel: ChannelKey;
  value: Record<string, unknown>;
  contacts: ContactBook;
  entryTime: unknown;
  receivedAt: Date;
};

/** Keeps what could not be understood, with the reason, so that it shows up and can be replayed. */
export function unknownUpdate(change: Pick<Change, "channel" | "field">, why: string, item: unknown): InboundUpdate {
  return { kind: "unknown", channel: change.channel, field: change.field, why, details: jsonOf(item) };
}
