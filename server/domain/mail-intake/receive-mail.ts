import type { Queries } from "../../db/connection.ts";
import { storeMail } from "../conversations/mail-deliveries.ts";

export type RawMail = {
  companyId: number;
  /** Of provider `email`. */
  channelAccountId: number;
  /** RFC 822, as it came. */
  raw: Uint8Array;
  /** Where only the head was fetched: how large the whole is. */
  cutFromBytes?: number;
};

/** The largest mail that is taken; what mail servers commonly allow. */
export const largestMailBytes = 25 * 1024 * 1024;

/**
 * Keeps a mail as it came; a worker reads it soon after. When this resolves the mail is safe, whatever becomes of this process, and telling
 * it twice does no harm: it is one message by its Message-ID. Gives the id of what was stored.
 */
export async function receiveMail(db: Pick<Queries, "first">, mail: RawMail): Promise<number> {
  const { companyId, channelAccountId, raw, cutFromBytes = null } = mail;
  return storeMail(db, { companyId, channelAccountId, body: Buffer.from(raw), cutFromBytes });
}
