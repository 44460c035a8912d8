import { createHash } from "node:crypto";
import { type Json, textOf } from "../../../shared/json.ts";

/** What a number's vendor calls a message. */
export type ProviderName = {
  channelAccountId: number;
  providerId: string;
  /** The message's own, where this is another that something may wait for it under. */
  storedAs?: string;
};

/** A b-tree entry of PostgreSQL holds about 2,700 bytes; real ids stay under 200 characters. */
const maxIdLength = 500;

/**
 * A provider's id as we keep it; one too long for an index is replaced by its hash, which is as unique, and so is one with a space, which
 * only names of ours have (`chat-names.ts`).
 */
export function providerIdOf(value: unknown): string | undefined {
  const id = textOf(value);
  return id === undefined || (id.length <= maxIdLength && !/\s/.test(id)) ? id : hashId(id);
}

/** Names side by side, as statements take them. */
export function columnsOf(names: ProviderName[]): { accountIds: number[]; providerIds: string[] } {
  return {
    accountIds: names.map(({ channelAccountId }) => channelAccountId),
    providerIds: names.map(({ providerId }) => providerId),
  };
}

/** What waited for messages, under the names that these are stored under. */
export function asStored<Row extends { channel_account_id: number; provider_id: string }>(
  rows: Row[],
  names: ProviderName[],
): Row[] {
  const stored = new Map(names.map((name) => [`${name.channelAccountId} ${name.providerId}`, name.storedAs]));
  return rows.map((row) => ({
    ...row,
    provider_id: stored.get(`${row.channel_account_id} ${row.provider_id}`) ?? row.provider_id,
  }));
}

/** The id of something that came without one: equal content gives the equal id, whatever the order of its keys. */
export function contentHashId(content: Json): string {
  return hashId(JSON.stringify(sorted(content)));
}

function hashId(text: string): string {
  return `hash:${createHash("sha256").update(text).digest("hex")}`;
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, sorted(item)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
