import type { Queries } from "../../../server/db/connection.ts";
import { rows } from "../../harness/rows.ts";

/** A company with people, conversations (every third by mail), and ways to change them at random, past all commands. */
export type Ground = { db: Pick<Queries, "all">; companyId: number; people: number[]; conversations: number[] };

export async function prepareGround(db: Ground["db"], companyId: number, people: number): Promise<Ground> {
  const contacts = await rows<{ id: number }>(
    db,
    `insert into contacts (company_id, name) select ${companyId}, 'Person ' || n from generate_series(1, ${people}) n returning id`,
  );
  const ids = contacts.map(({ id }) => id);
  await rows(
    db,
    `insert into channel_accounts (company_id, provider, name, external_id) values (${companyId}, 'email', 'mail', 'office@clinic.example')`,
  );
  const conversations = await rows<{ id: number }>(
    db,
    `insert into conversations (company_id, contact_id, channel_account_id)
     select ${companyId}, c, (
       select id from channel_accounts where company_id = ${companyId} and (provider = 'email') = (n % 3 = 0) limit 1)
     from unnest(array[${ids.join()}]::bigint[]) with ordinality as u (c, n) order by n returning id`,
  );
  return { db, companyId, people: ids, conversations: conversations.map(({ id }) => id) };
}

/** One message: which conversation, whether it is ours, and how many seconds after the beginning. */
export type Drop = [conversation: number, outgoing: boolean, second: number];

/** The changes that a random run is made of; numbers pick among what is there. */
export const changes = {
  messages: (ground: Ground, drops: Drop[]) =>
    rows(
      ground.db,
      `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at)
       select v.company_id, v.id, v.contact_id, v.channel_account_id, d.direction, 'text',
         '2026-11-01T00:00:00Z'::timestamptz + make_interval(secs => d.second)
       from (values ${drops.map((drop) => valuesOf(ground, drop)).join()}) as d (conversation, direction, second)
       join conversations v on v.company_id = ${ground.companyId} and v.id = d.conversation`,
    ),
  toggleDeleted: ({ db, companyId, people }: Ground, pick: number) =>
    rows(
      db,
      `update contacts set deleted_at = case when deleted_at is null then now() end
       where company_id = ${companyId} and id = ${people[pick % people.length]}`,
    ),
  status: ({ db, companyId, conversations }: Ground, pick: number) =>
    rows(
      db,
      `update conversations set status = '${["open", "closed", "snoozed"][pick % 3]}'
       where company_id = ${companyId} and id = ${conversations[pick % conversations.length]}`,
    ),
  lastMessage: ({ db, companyId, people }: Ground, pick: number) =>
    rows(
      db,
      `update contact_inbox set last_chat_at = '2026-10-01T00:00:00Z'::timestamptz + make_interval(hours => ${pick})
       where company_id = ${companyId} and contact_id = ${people[pick % people.length]}`,
    ),
  removeMessages: ({ db, companyId }: Ground, pick: number) =>
    rows(db, `delete from messages where company_id = ${companyId} and id % 7 = ${pick % 7} and id % 5 = ${pick % 5}`),
  /** As a merge does it: every third message of one conversation goes to another. */
  moveMessages: ({ db, companyId, conversations }: Ground, pick: number) =>
    rows(
      db,
      `update messages set conversation_id = ${conversations[(pick + 1) % conversations.length]}
       where company_id = ${companyId} and conversation_id = ${conversations[pick % conversations.length]} and id % 3 = 0
         and exists (select from conversations v where v.id = ${conversations[(pick + 1) % conversations.length]}
           and v.channel_account_id = messages.channel_account_id)`,
    ),
  /** A conversation goes to another person, on a number of its own. */
  moveConversation: ({ db, companyId, people, conversations }: Ground, pick: number) =>
    rows(
      db,
      `update conversations v set contact_id = ${people[(pick * 7 + 3) % people.length]}
       where company_id = ${companyId} and id = ${conversations[pick % conversations.length]}
         and exists (select from contacts where id = ${people[(pick * 7 + 3) % people.length]}) and not exists (
         select from conversations o where o.company_id = v.company_id and o.channel_account_id = v.channel_account_id
           and o.contact_id = ${people[(pick * 7 + 3) % people.length]})`,
    ),
  removePerson: ({ db, companyId, people }: Ground, pick: number) =>
    rows(db, `delete from contacts where company_id = ${companyId} and id = ${people[pick % people.length]}`),
};

function valuesOf({ conversations }: Ground, [conversation, outgoing, second]: Drop): string {
  const id = conversations[conversation % conversations.length];
  return `(${id}::bigint, '${outgoing ? "out" : "in"}', ${second}::int)`;
}
