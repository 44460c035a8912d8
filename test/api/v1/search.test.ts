import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { messagesOf } from "../../factories/messages.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();
type Me = Awaited<ReturnType<typeof caller>>;

const setText = prepared<{ contactId: number; sentAt: string; text: string }>()(
  (_db, arg) => sql<never>`
    update messages set text = ${arg("text")}::text where contact_id = ${arg("contactId")}::bigint and sent_at = ${arg("sentAt")}::timestamptz`,
);

async function says(me: Me, contactId: number, ...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const sentAt = new Date(Date.UTC(2026, 10, 20, 10, index)).toISOString();
    await messagesOf(db, me.companyId, contactId, [{ direction: "in", sentAt }]);
    await db.run(setText({ contactId, sentAt, text }));
    await rows(db, `update conversations set last_message_at = now() where contact_id = ${contactId} returning id`);
  }
}

async function withThread(...texts: string[]) {
  const me = await caller();
  const contactId = await personIn(db, me.companyId, { name: "Ana", phone: "+15550100001" });
  await says(me, contactId, ...texts);
  const find = async (q: string, more = "") => {
    const answer = await me.get(`/v1/search/messages?q=${encodeURIComponent(q)}${more}`);
    return answer.json().data.map(({ snippet }: { snippet: { text: string } }) => snippet.text);
  };
  return { me, contactId, find };
}

describe("messages", () => {
  test("are found by words without accents, beginnings and phrases, newest first", async () => {
    const { find } = await withThread(
      "Qual é o preço do plano?",
      "Preciso saber o preço",
      "The plan is good",
      "good is the plan",
    );
    expect(await find("preco")).toEqual(["Preciso saber o preço", "Qual é o preço do plano?"]);
    expect(await find("PLAN")).toEqual(["good is the plan", "The plan is good", "Qual é o preço do plano?"]);
    expect(await find('"the plan is"')).toEqual(["The plan is good"]);
    expect(await find('"plan"')).toEqual(["good is the plan", "The plan is good"]);
    expect(await find("preco saber")).toEqual(["Preciso saber o preço"]);
    expect(await find("nothing")).toEqual([]);
    expect(await find("?!")).toEqual([]);
  });

  test.each([
    ["我想知道价格是多少", ["价格", "价", "想知道", "是多少"], ["格价"]],
    ["ราคาเท่าไหร่ครับ", ["ราคา", "เท่าไหร่", "ค"], ["ราบ"]],
    ["كم السِّعر من فضلك؟", ["السعر", "كم", "فضل"], ["سعيد"]],
    ["Сколько стоит ёлка?", ["ЕЛКА", "сколько", "стои"], ["елки"]],
    ["क़ीमत कितनी है?", ["कीमत", "कितनी", "कित"], ["कुछ"]],
    ["가격이 얼마예요?", ["가격", "얼마예요"], ["격이"]],
  ])("in %s are found by fragments", async (text, present, absent) => {
    const { find } = await withThread(text);
    for (const word of present) expect(await find(word), word).toEqual([text]);
    for (const word of absent) expect(await find(word), word).toEqual([]);
  });

  test("come with what was found as ranges, not as markup", async () => {
    const { me } = await withThread("<script>price</script>");
    const [{ snippet, contact }] = (await me.get("/v1/search/messages?q=pri")).json().data;
    expect(snippet).toEqual({ text: "<script>price</script>", ranges: [{ start: 8, end: 13 }] });
    expect(contact).toEqual({ name: "Ana", phone: "+15550100001" });
  });

  test("are paged by cursor, newest or best first", async () => {
    const { me, find } = await withThread("tea one", "tea tea tea", "tea two");
    for (const sort of ["newest", "best"]) {
      const found: string[] = [];
      let cursor = "";
      do {
        const page = (await me.get(`/v1/search/messages?q=tea&limit=2&sort=${sort}${cursor}`)).json();
        found.push(...page.data.map(({ snippet }: { snippet: { text: string } }) => snippet.text));
        cursor = page.next_cursor === null ? "" : `&cursor=${page.next_cursor}`;
      } while (cursor !== "");
      expect(found).toHaveLength(3);
      expect(found[0]).toBe(sort === "best" ? "tea tea tea" : "tea two");
    }
    expect(await find("tea", "&limit=1")).toEqual(["tea two"]);
    expect((await me.get("/v1/search/messages?q=tea&cursor=nonsense")).statusCode).toBe(400);
    expect((await me.get("/v1/search/messages")).statusCode).toBe(400);
    expect((await me.get("/v1/search/messages?q=tea&sort=worst")).statusCode).toBe(400);
  });

  test("are found within one conversation, and those of deleted people nowhere", async () => {
    const { me, contactId, find } = await withThread("blue tea");
    const other = await personIn(db, me.companyId, { name: "Ben" });
    await says(me, other, "blue coffee");
    const [{ id }] = (await me.get(`/v1/conversations?contact_id=${contactId}`)).json().data;
    expect(await find("blue", `&conversation_id=${id}`)).toEqual(["blue tea"]);
    expect((await me.get(`/v1/search/messages?q=blue&sort=best&conversation_id=${id}`)).statusCode).toBe(400);
    expect(await find("blue")).toHaveLength(2);
    await me.delete(`/v1/contacts/${other}`);
    expect(await find("blue")).toEqual(["blue tea"]);
    const stranger = await caller();
    expect((await stranger.get("/v1/search/messages?q=blue")).json().data).toEqual([]);
    expect((await stranger.get(`/v1/search/messages?q=blue&conversation_id=${id}`)).statusCode).toBe(404);
  });

  test("that are rare are found by the index beneath thousands of others", async () => {
    const { me, contactId, find } = await withThread("the needle");
    await rows(
      db,
      `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, text, sent_at)
       select company_id, conversation_id, contact_id, channel_account_id, 'in', 'text', 'hay common ' || n, '2026-11-21'::timestamptz + n * interval '1 second'
       from messages, generate_series(1, 4000) n where contact_id = ${contactId} returning id`,
    );
    expect(await find("needle")).toEqual(["the needle"]);
    expect(await find("needle", "&sort=best")).toEqual(["the needle"]);
    expect(await find("common", "&limit=1")).toEqual(["hay common 4000"]);
    const page = (await me.get("/v1/search/messages?q=common&limit=100")).json();
    const next = (await me.get(`/v1/search/messages?q=common&limit=100&cursor=${page.next_cursor}`)).json();
    expect(next.data[0].snippet.text).toBe("hay common 3900");
  });
});

describe("search everywhere", () => {
  test.each(["Reunião", "reuniao", "REUNIÃO", "Straße", "strasse", "Øre", "ore", "na reuniao", "acao øre"])(
    "finds deals and tasks by words with and without accents: %s",
    async (q) => {
      const me = await caller();
      const contactId = await personIn(db, me.companyId, { name: "Bo" });
      const words = { contact_id: contactId, title: "Reunião na Hauptstraße", description: "Ação: 5 Øre" };
      expect((await me.post("/v1/deals", words)).statusCode).toBe(201);
      expect((await me.post("/v1/tasks", words)).statusCode).toBe(201);
      const { deals, tasks } = (await me.get(`/v1/search?q=${encodeURIComponent(q)}`)).json();
      expect([deals.length, tasks.length]).toEqual([1, 1]);
    },
  );

  test("gives a few of each", async () => {
    const { me, contactId } = await withThread("We want the zebra plan");
    await me.post("/v1/deals", { contact_id: contactId, title: "Zebra deal" });
    await me.post("/v1/tasks", { title: "Call about zebra" });
    const zebra = await personIn(db, me.companyId, { name: "Zebra Person" });
    await me.patch(`/v1/contacts/${zebra}`, { position: "CEO", name: "Zebra Corp" });
    const found = (await me.get("/v1/search?q=zebra")).json();
    expect(found).toMatchObject({
      contacts: [{ name: "Zebra Corp" }],
      deals: [{ title: "Zebra deal" }],
      tasks: [{ title: "Call about zebra" }],
      messages: [{ contact_id: contactId }],
    });
    expect((await me.get("/v1/search")).statusCode).toBe(400);
    expect((await (await caller()).get("/v1/search?q=zebra")).json()).toEqual({
      contacts: [],
      deals: [],
      tasks: [],
      messages: [],
    });
  });
});
