import { sql } from "kysely";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { clientConfig } from "../../../server/db/connect.ts";
import { prepared } from "../../../server/db/prepared.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import type { TimeCursor } from "../../../server/domain/page.ts";
import type { Reach } from "../../../server/domain/reach/reach.ts";
import { readMessageQuery, tsqueryOf } from "../../../server/domain/search/message-query.ts";
import { bestMessages, searchMessages } from "../../../server/domain/search/search-messages.ts";
import { messagesOf } from "../../factories/messages.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const filler = new pg.Client(clientConfig(db.address));
await filler.connect();
afterAll(() => filler.end());
// Without the counts of traffic, which take longer than all searches here; the words of a message are kept always.
await filler.query("set session_replication_role = replica");

type Corpus = { companyId: number; all: Ctx; owner: number };

/** Messages of three people, one of them somebody's, one deleted: as many as asked for, the n-th with this text at this time. */
async function corpus(messages: number, text: string, sentAt: string): Promise<Corpus> {
  const companyId = await createCompany();
  const owner = await memberOf(db, companyId, "salesperson");
  for (const name of ["Owned", "Nobody's", "Deleted"]) {
    const contactId = await personIn(db, companyId, { name });
    await messagesOf(db, companyId, contactId, [{ direction: "in", sentAt: "2026-01-01T00:00:00Z" }]);
  }
  await filler.query(
    `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, text, sent_at)
     select p.company_id, p.id, p.contact_id, p.channel_account_id, 'in', 'text', ${text}, ${sentAt}
     from generate_series(1, ${messages}) n
     join (select c.*, row_number() over (order by id) as place from conversations c where c.company_id = ${companyId}) p
       on p.place = case when n % 50 = 0 then 1 when n % 7 = 0 then 3 else 2 end`,
  );
  await rows(
    db,
    `update contacts set owner_user_id = ${owner} where company_id = ${companyId} and name = 'Owned' returning id`,
  );
  await rows(
    db,
    `update contacts set deleted_at = now() where company_id = ${companyId} and name = 'Deleted' returning id`,
  );
  return { companyId, all: ctx(companyId), owner };
}

/** Half of all within two days, the rest over years with an empty one between; some at the same moment, one before 1970 and one to come. */
const overYears = `case when n = 1 then '1969-07-20'::timestamptz when n = 2 then '2031-01-01'
  when n % 2 = 0 then '2026-11-21'::timestamptz - (n / 4) * interval '1 minute'
  when n % 3 = 0 then '2023-06-01'::timestamptz - n * interval '3 hours'
  else '2026-11-20'::timestamptz - n * interval '2 hours' end`;
const spoken = `concat_ws(' ', 'all', case when n % 5 < 2 then 'often' end, case when n % 19 = 0 then 'medium' end, 'often', case when n % 3 = 0 then 'times' end,
  case when n % 331 < 2 then 'seldom' end, case when n % 1999 < 3 then 'rare' end, case when n % 11 = 0 then 'times often' end, 'w' || n % 1000)`;

const search = await corpus(7_000, spoken, overYears);
/** Three thousand equal messages of the last hours before what is said otherwise, one in ten minutes. */
const campaign = await corpus(
  6_000,
  `case when n <= 3000 then 'your order is on its way' else ${spoken} end`,
  `case when n <= 3000 then '2026-11-21'::timestamptz - n * interval '3 seconds' else '2026-11-20'::timestamptz - n * interval '10 minutes' end`,
);
const other = await corpus(100, "'seldom rare all often'", "'2026-11-21'");

const queries = [
  "all",
  "often",
  "medium",
  "seldom",
  "rare",
  "absent",
  "w77",
  "w7",
  "med",
  "medium often",
  "rare all",
  "seldom medium",
].concat([
  '"often times"',
  '"medium often times"',
  "rare absent",
  "all often medium times seldom",
  "absent nowhere",
  '"all rare"',
  "w1 w2",
]);

const matching = prepared<{ companyId: number; query: string; owners: number[] | null; unowned: boolean }>()(
  (_db, arg) => sql<{ id: number }>`
    select m.id from messages m join contacts c on c.company_id = m.company_id and c.id = m.contact_id and c.deleted_at is null
    where m.company_id = ${arg("companyId")}::bigint and m.search_words @@ ${arg("query")}::tsquery
      and (${arg("owners")}::bigint[] is null or c.owner_user_id = any(${arg("owners")}::bigint[]) or (${arg("unowned")}::boolean and c.owner_user_id is null))
    order by m.sent_at desc, m.id desc`,
);

/** What a look at each single message finds. */
async function expected({ companyId }: Corpus, query: string, reach?: Reach): Promise<number[]> {
  const sought = readMessageQuery(query);
  if (!sought) return [];
  const owners = reach?.ownerIds ? [...reach.ownerIds] : null;
  const found = await db.all(
    matching({ companyId, query: tsqueryOf(sought), owners, unowned: reach?.seesUnowned ?? false }),
  );
  return found.map(({ id }) => id);
}

async function walked(caller: Ctx, query: string, limit: number, most = 100): Promise<number[]> {
  const ids: number[] = [];
  let cursor: TimeCursor | null | undefined;
  for (let pages = 0; cursor !== null && pages < most; pages += 1) {
    const page = await searchMessages(caller, { query, limit, ...(cursor && { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

describe("messages found by their words", () => {
  test.each(queries)("%s: page by page those that a look at each message finds, in that order", async (query) => {
    const all = await expected(search, query);
    expect(await walked(search.all, query, 100)).toEqual(all.slice(0, 10_000));
    expect(await walked(search.all, query, 7, 4)).toEqual(all.slice(0, 28));
  });

  test.each(["all", "often", "medium", "seldom", "rare", "order", "order often", '"often times"'])(
    "%s: behind a campaign's equal messages, too",
    async (query) => {
      const all = await expected(campaign, query);
      expect(await walked(campaign.all, query, 100)).toEqual(all.slice(0, 10_000));
      expect(await walked(campaign.all, query, 7, 4)).toEqual(all.slice(0, 28));
    },
  );

  test.each(["often", "medium", "seldom", "rare", "rare all", '"often times"', "absent"])(
    "%s: to somebody who sees some people, theirs and no others",
    async (query) => {
      for (const reach of [
        { ownerIds: [search.owner], seesUnowned: false, masksPhones: false },
        { ownerIds: [search.owner], seesUnowned: true, masksPhones: false },
        { ownerIds: [search.owner, other.owner], seesUnowned: false, masksPhones: false },
        { ownerIds: [], seesUnowned: false, masksPhones: false },
      ]) {
        const caller = { ...search.all, reach };
        const all = await expected(search, query, reach);
        expect(await walked(caller, query, 50)).toEqual(all.slice(0, 5_000));
        const best = await bestMessages(caller, { query, limit: 300 });
        expect(all).toEqual(expect.arrayContaining(best.items.map(({ id }) => id)));
        expect(best.items.length).toBeGreaterThanOrEqual(Math.min(40, all.length));
      }
    },
  );

  test("best first are of the newest, each once over the pages", async () => {
    for (const query of ["often", "medium", "seldom"]) {
      const newest = (await expected(search, query)).slice(0, 300);
      const ids: number[] = [];
      let offset: number | null = 0;
      while (offset !== null) {
        const page: { items: { id: number }[]; next: number | null } = await bestMessages(search.all, {
          query,
          limit: 40,
          offset,
        });
        ids.push(...page.items.map(({ id }) => id));
        offset = page.next;
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(Math.min(40, newest.length));
      expect(ids.toSorted((one, two) => one - two)).toEqual(
        newest.slice(0, ids.length).toSorted((one, two) => one - two),
      );
    }
  });

  test("follow what is said later, edited, moved in time and taken away", async () => {
    const { companyId, all } = await corpus(400, "'plain'", "'2026-11-21'::timestamptz - n * interval '1 day'");
    const changed = await rows<{ id: number }>(
      db,
      `update messages set text = 'a needle' where company_id = ${companyId} and id = (select min(id) + 203 from messages where company_id = ${companyId}) returning id`,
    );
    const id = changed[0]?.id ?? 0;
    const found = async (query: string) =>
      (await searchMessages(all, { query, limit: 10 })).items.map((item) => item.id);
    expect(await found("needle")).toEqual([id]);
    await rows(
      db,
      `update messages set sent_at = '2020-02-29' where company_id = ${companyId} and id = ${id} returning id`,
    );
    expect(await found("needle")).toEqual([id]);
    expect(await found("plain")).not.toContain(id);
    await rows(db, `delete from messages where company_id = ${companyId} and id = ${id} returning id`);
    expect(await found("needle")).toEqual([]);
  });

  test("with a word longer than any key of the index are kept and found by its beginning", async () => {
    const { all } = await corpus(
      350,
      "case when n = 20 then repeat('abcdefgh', 250) || ' tail' else 'plain ' || n end",
      "'2024-01-01'::timestamptz + n * interval '1 day'",
    );
    for (const query of ["abcdefghabcdefgh", "abcdefgh".repeat(20), "tail abcd"]) {
      const { items } = await searchMessages(all, { query, limit: 10 });
      expect(items).toHaveLength(1);
    }
  });
});

test("Whoever sees few of very many hits gets short pages that go on, until all is looked at", async () => {
  const { companyId, all, owner } = await corpus(
    24_000,
    "case when n % 50 = 0 and n <= 23500 then 'plain' else 'common' end",
    "'2026-11-21'::timestamptz - n * interval '5 minutes'",
  );
  const caller = { ...all, reach: { ownerIds: [owner], seesUnowned: false, masksPhones: false } };
  const first = await searchMessages(caller, { query: "common", limit: 20 });
  expect(first.items).toEqual([]);
  expect(first.next).not.toBeNull();
  const mine = await expected({ companyId, all, owner }, "common", caller.reach);
  expect(mine).toHaveLength(10);
  expect(await walked(caller, "common", 20)).toEqual(mine);

  const best = await bestMessages(caller, { query: "common", limit: 6 });
  const rest = await bestMessages(caller, { query: "common", limit: 6, offset: best.next ?? 0 });
  expect([...best.items, ...rest.items].map(({ id }) => id)).toEqual(mine);
  expect(rest.next).toBeNull();
});
