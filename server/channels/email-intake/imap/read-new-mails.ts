import type { ImapFlow } from "imapflow";

/** Numbers mean nothing under another validity. */
export type Place = { uidValidity: number; lastUid: number };

export type MailSink = {
  largestBytes: number;
  /** Resolves when the mail is stored. `cutFromBytes`: it is larger than may be, and `raw` only its head. */
  store: (raw: Buffer, cutFromBytes?: number) => Promise<void>;
  /** Called after the mails up to here were stored. */
  advance: (place: Place) => Promise<void>;
};

/**
 * Reads what came after a place, each mail stored before the place moves on: a crash in between brings the last one again, and loses none.
 * Where the numbers mean nothing any more, all that came since a time is read again. Gives the new place.
 */
export async function readNewMails(client: ImapFlow, from: Place | null, since: Date, sink: MailSink): Promise<Place> {
  const { uidValidity, uidNext } = standing(client);
  const known = from !== null && from.uidValidity === uidValidity ? from : undefined;
  let place = known ?? { uidValidity, lastUid: 0 };
  const query = known ? { uid: `${known.lastUid + 1}:*` } : { since };
  const found = await client.search(query, { uid: true });
  // "5:*" gives the last mail also where it is older than 5.
  const uids = (Array.isArray(found) ? found : []).filter((uid) => uid > place.lastUid).toSorted((a, b) => a - b);
  for (const uid of uids) {
    await storeOne(client, uid, sink);
    place = { uidValidity, lastUid: uid };
    await sink.advance(place);
  }
  const newest = Math.max(place.lastUid, known ? 0 : uidNext - 1);
  if (newest === place.lastUid && uids.length > 0) return place;
  place = { uidValidity, lastUid: newest };
  await sink.advance(place);
  return place;
}

async function storeOne(client: ImapFlow, uid: number, { largestBytes, store }: MailSink): Promise<void> {
  const about = await client.fetchOne(String(uid), { size: true }, { uid: true });
  // Somebody moved or deleted it meanwhile.
  if (!about) return;
  const size = about.size ?? 0;
  const wanted = size > largestBytes ? { headers: true } : { source: true };
  const mail = await client.fetchOne(String(uid), wanted, { uid: true });
  if (!mail) return;
  if (mail.source) await store(mail.source);
  else if (mail.headers) await store(mail.headers, size);
}

function standing(client: ImapFlow): { uidValidity: number; uidNext: number } {
  if (!client.mailbox) throw new Error("The mailbox is not open.");
  return { uidValidity: Number(client.mailbox.uidValidity), uidNext: client.mailbox.uidNext };
}
