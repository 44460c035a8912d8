import { describe, expect, test } from "vitest";
import { decideSend } from "../../../server/domain/policy/decide-sends.ts";
import type { SendOrigin } from "../../../server/domain/policy/send-decision.ts";
import { envelope, messageBody, textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
await rows(
  db,
  `with made as (insert into channel_accounts (company_id, provider, name, external_id, waba_id)
     values (${companyId}, 'whatsapp_cloud', 'Main', '106540352242922', '102290129340398') returning company_id, provider, external_id, id)
   insert into channel_routes (provider, external_id, company_id, channel_account_id)
   select provider, external_id, company_id, id from made returning external_id`,
);
const phones = Array.from({ length: 50 }, (_, index) => String(491511000001 + index));
const nextPhone = () => phones.shift() ?? "";

/** Somebody who wrote once, with the ids of what that made. */
async function person(language: string | null = null, phone = nextPhone()) {
  await deliver(db, textBody({ phone, text: "Hello there" }));
  const [row] = await rows<{ contact_id: number; id: number; channel_account_id: number }>(
    db,
    `select v.contact_id, v.id, v.channel_account_id from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id
     where c.phone = '+${phone}'`,
  );
  if (!row) throw new Error("nobody was made");
  if (language)
    await rows(db, `update contacts set language = '${language}' where id = ${row.contact_id} returning id`);
  const where = `company_id = ${companyId} and contact_id = ${row.contact_id}`;
  return { phone, contactId: row.contact_id, channelAccountId: row.channel_account_id, where };
}

type Person = Awaited<ReturnType<typeof person>>;

const write = ({ phone }: Person, text: string) => deliver(db, textBody({ phone, text }));

async function ask(
  { contactId, channelAccountId }: Person,
  purpose: "service" | "marketing",
  origin: SendOrigin = "api",
) {
  const decision = await decideSend(ctx(companyId), {
    contactId,
    channelAccountId,
    purpose,
    origin,
    content: { kind: "free" },
  });
  return decision.outcome === "allowed" ? "allowed" : decision.obstacle;
}

const answers = ({ where }: Person) =>
  rows<{ text: string; status: string; origin: string }>(
    db,
    `select text, status, origin from messages where ${where} and direction = 'out' order by id`,
  );

describe("STOP", () => {
  test("withdraws consent with its evidence, is confirmed once, and START undoes it", async () => {
    const ana = await person();
    expect(await ask(ana, "marketing")).toBe("allowed");
    await write(ana, "Stop please");
    const [consent] = await rows(db, `select * from contact_consents where ${ana.where}`);
    expect(consent).toMatchObject({ channel: "whatsapp", purpose: "all", state: "withdrawn", source: "stop_word" });
    expect(consent?.evidence).toMatchObject({ text: "Stop please", word: "stop", message_id: expect.any(Number) });
    expect(await answers(ana)).toMatchObject([
      { origin: "system", status: "queued", text: expect.stringContaining("START") },
    ]);
    expect(await ask(ana, "marketing")).toBe("opted_out");
    expect(await ask(ana, "service", "system")).toBe("opted_out");
    await write(ana, "start");
    expect(await ask(ana, "marketing")).toBe("allowed");
    expect(await answers(ana)).toHaveLength(2);
    expect(
      await rows(
        db,
        `select type from events where company_id = ${companyId} and subject_kind = 'contact'
      and subject_id = ${ana.contactId} and type like 'consent.%' order by id`,
      ),
    ).toEqual([{ type: "consent.withdrawn" }, { type: "consent.granted" }]);
  });

  test("the confirmation still passes when the outbox asks again; another message of the system does not", async () => {
    const ana = await person();
    await write(ana, "STOP");
    const [row] = await rows<{ id: number }>(
      db,
      `select id from outbound_sends where ${ana.where} and origin = 'system'`,
    );
    const wanted = {
      contactId: ana.contactId,
      channelAccountId: ana.channelAccountId,
      purpose: "service",
      content: { kind: "free" },
      origin: "system",
    } as const;
    const ask = async (rest: { sendId?: number }) => (await decideSend(ctx(companyId), { ...wanted, ...rest })).outcome;
    expect(await ask({ sendId: row?.id ?? 0 })).toBe("allowed");
    expect(await ask({ sendId: (row?.id ?? 0) + 1_000 })).toBe("refused");
    expect(await ask({})).toBe("refused");
  });

  test("two workers at once confirm once", async () => {
    const ana = await person();
    const stop = () => deliver(db, textBody({ phone: ana.phone, text: "STOP" }));
    await Promise.all([stop(), stop(), stop()]);
    expect(await answers(ana)).toHaveLength(1);
  });

  test("that comes when nobody may be answered any more leaves the confirmation to the next one", async () => {
    const phone = nextPhone();
    await deliver(db, textBody({ phone, text: "STOP", at: new Date(Date.now() - 30 * 3_600_000) }));
    const [late] = await rows<{ contact_id: number }>(
      db,
      `select contact_id from contact_identities where company_id = ${companyId} and value in ('${phone}', '+${phone}')`,
    );
    const where = `company_id = ${companyId} and contact_id = ${late?.contact_id ?? 0}`;
    const confirmed = () => count(db, `contact_consents where ${where} and evidence ? 'confirmed_at'`);
    expect(await count(db, `contact_consents where ${where} and state = 'withdrawn'`)).toBe(1);
    expect([await confirmed(), await count(db, `messages where ${where} and direction = 'out'`)]).toEqual([0, 0]);
    for (const text of ["STOP", "STOP"]) await deliver(db, textBody({ phone, text }));
    expect([await confirmed(), await count(db, `messages where ${where} and direction = 'out'`)]).toEqual([1, 1]);
  });

  test("told twice changes nothing", async () => {
    const body = textBody({ phone: nextPhone(), text: "BAJA" });
    await deliver(db, body);
    const before = [
      await count(db, "contact_consents"),
      await count(db, "messages"),
      await count(db, "outbound_sends"),
    ];
    await deliver(db, body, body);
    expect([
      await count(db, "contact_consents"),
      await count(db, "messages"),
      await count(db, "outbound_sends"),
    ]).toEqual(before);
  });

  test("a machine that says it again and again is answered once a day", async () => {
    const bot = await person();
    for (const text of ["STOP", "stop", "unsubscribe"]) await write(bot, text);
    expect(await answers(bot)).toHaveLength(1);
    expect(await count(db, `contact_consents where ${bot.where}`)).toBe(3);
    for (const text of ["START", "STOP", "START", "STOP"]) await write(bot, text);
    expect(await answers(bot)).toHaveLength(2);
    expect(await ask(bot, "service")).toBe("opted_out");
  });

  test("the answer speaks the person's language", async () => {
    const joao = await person("pt-BR");
    await write(joao, "STOP");
    expect((await answers(joao))[0]?.text).toContain("mensagens");
    const eva = await person();
    await write(eva, "BAJA");
    expect((await answers(eva))[0]?.text).toContain("recibirás");
  });

  test.each([
    ["BAJA", "START", "volverás"],
    ["PARAR", "START", "volverás"],
    ["停止", "START", "欢迎回来"],
    ["SAIR", "YES", "mensagens"],
    ["unsubscribe", "START", "Welcome back"],
  ])("%s and then %s is confirmed in the language of the stop", async (stop, start, words) => {
    const ana = await person();
    await write(ana, stop);
    await write(ana, start);
    expect((await answers(ana))[1]?.text).toContain(words);
  });

  test("a word that two languages share is answered in the one that fits the person", async () => {
    const joao = await person("pt-BR");
    await write(joao, "PARAR");
    expect((await answers(joao))[0]?.text).toContain("mensagens");
  });

  test("starts no task, no turn of the bot and no deal; a sentence with the word in it does", async () => {
    const phone = nextPhone();
    await deliver(db, textBody({ phone, text: "STOP" }));
    const where = `company_id = ${companyId} and contact_id = (select id from contacts where phone = '+${phone}')`;
    expect(await count(db, `tasks where ${where}`)).toBe(0);
    expect(await count(db, `messages where ${where} and direction = 'in'`)).toBe(1);
    await deliver(db, textBody({ phone, text: "stop by tomorrow?" }));
    expect(await count(db, `contact_consents where ${where}`)).toBe(1);
  });

  test("queued marketing is taken back", async () => {
    const ana = await person();
    await rows(
      db,
      `with m as (insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, text, status, sent_at, origin)
         select company_id, id, contact_id, channel_account_id, 'out', 'text', 'Offer', 'queued', now(), 'api' from conversations where ${ana.where} returning *)
       insert into outbound_sends (company_id, message_id, conversation_id, contact_id, channel_account_id, purpose, request, origin, next_attempt_at)
       select company_id, id, conversation_id, contact_id, channel_account_id, 'marketing', '{}', 'api', now() + interval '1 day' from m returning id`,
    );
    await write(ana, "STOP");
    expect(await rows(db, `select state, purpose from outbound_sends where ${ana.where} order by id`)).toEqual([
      { state: "cancelled", purpose: "marketing" },
      { state: "queued", purpose: "service" },
    ]);
  });

  test("a person may answer what somebody asks after leaving; a bot may not", async () => {
    const ana = await person();
    await write(ana, "STOP");
    expect(await ask(ana, "service", "user")).toBe("opted_out");
    await deliver(db, textBody({ phone: ana.phone, text: "When do you open?", at: new Date(Date.now() + 5_000) }));
    expect(await ask(ana, "service", "user")).toBe("allowed");
    expect(await ask(ana, "service", "bot")).toBe("opted_out");
    expect(await ask(ana, "marketing", "user")).toBe("opted_out");
  });
});

describe("a word that is a stop in one language and not in another", () => {
  test.each(["Acha", "acha ji", "ji acha", "acha bhai", "acha thank you"])(
    "%s from India is a message like any other",
    async (text) => {
      const phone = String(919811000000 + phones.length * 1_000 + text.length);
      const asha = await person("en", phone);
      await write(asha, text);
      expect(await count(db, `contact_consents where ${asha.where}`)).toBe(0);
      expect(await answers(asha)).toEqual([]);
      expect(await ask(asha, "marketing")).toBe("allowed");
    },
  );

  test("acha is a stop from Kenya, and from who speaks Swahili anywhere", async () => {
    const inKenya = await person(null, "254712345678");
    const abroad = await person("sw");
    for (const one of [inKenya, abroad]) {
      await write(one, "Acha");
      expect(await ask(one, "marketing")).toBe("opted_out");
      expect((await answers(one))[0]?.text).toContain("Andika START");
    }
  });

  test("what the bot speaks with them counts too", async () => {
    const ana = await person();
    const wanted = `from conversations where ${ana.where} returning company_id`;
    await rows(
      db,
      `insert into bot_states (company_id, conversation_id, language) select company_id, id, 'pt' ${wanted}`,
    );
    await write(ana, "Remover");
    expect(await ask(ana, "marketing")).toBe("opted_out");
  });
});

describe("words that need a stop before them", () => {
  test.each(["START", "yes", "Yes please"])(
    "%s from somebody who never left is a message like any other",
    async (text) => {
      const ana = await person();
      await write(ana, text);
      expect(await count(db, `contact_consents where ${ana.where}`)).toBe(0);
      expect(await answers(ana)).toEqual([]);
    },
  );

  test("yes after a stop comes back", async () => {
    const ana = await person();
    await write(ana, "STOP");
    await write(ana, "YES");
    expect(await ask(ana, "service")).toBe("allowed");
  });
});

test("a button called Cancel is no stop word", async () => {
  const ana = await person();
  await deliver(
    db,
    messageBody({ phone: ana.phone, type: "button", content: { text: "Cancel", payload: "cancel-visit" } }),
  );
  expect(await count(db, `contact_consents where ${ana.where}`)).toBe(0);
});

test("WhatsApp's own marketing switch is read by the policy", async () => {
  const ana = await person();
  const preference = (value: string, timestamp: number) =>
    envelope(
      {
        contacts: [{ wa_id: ana.phone }],
        user_preferences: [
          { wa_id: ana.phone, detail: "User requested to stop", category: "marketing_messages", value, timestamp },
        ],
      },
      undefined,
      "user_preferences",
    );
  const now = Math.floor(Date.now() / 1_000);
  await deliver(db, preference("stop", now));
  expect(await ask(ana, "marketing")).toBe("marketing_opted_out");
  expect(await ask(ana, "service")).toBe("allowed");
  await deliver(db, preference("resume", now + 1));
  expect(await ask(ana, "marketing")).toBe("allowed");
});
