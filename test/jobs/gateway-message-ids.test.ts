import { describe, expect, test } from "vitest";
import { idFromVendor } from "../../server/domain/conversations/chat-names.ts";
import { providerIdOf } from "../../server/domain/conversations/provider-id.ts";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { gatewayEvent, withKey } from "../channels/whatsapp-gateway/gateway-bodies.ts";
import { drain } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
const companyId = await createCompany("main");

let lastPerson = 0;
let lastId = 0;
const nextJid = () => `9198765${String(++lastPerson).padStart(5, "0")}@s.whatsapp.net`;
const nextLid = () => `5550123${String(++lastPerson).padStart(7, "0")}@lid`;
const nextId = () => `3EB0F00D${++lastId}`;

type Key = { remoteJid: string; id: string; fromMe?: boolean; senderPn?: string; remoteJidAlt?: string };

const text = (key: Key, words: string) => withKey(key, { message: { conversation: words } });

const revoke = (key: Omit<Key, "id">, id: string) =>
  withKey(
    { ...key, id: nextId() },
    { message: { protocolMessage: { type: 0, key: { remoteJid: key.remoteJid, id } } } },
  );

const edit = (key: Omit<Key, "id">, id: string, words: string) =>
  withKey(
    { ...key, id: nextId() },
    { message: { protocolMessage: { type: 14, key: { id }, editedMessage: { conversation: words } } } },
  );

const statusOf = (key: Key) =>
  gatewayEvent("messages.update", [{ key: { fromMe: true, ...key }, update: { status: 4 } }]);

/** What is stored of a message's id, whoever wrote it. */
const stored = (id: string) =>
  rows(
    db,
    `select coalesce(c.phone, i.value) as person, m.direction, m.text, m.status from messages m
     join contacts c on c.company_id = m.company_id and c.id = m.contact_id
     join lateral (select value from contact_identities where company_id = c.company_id and contact_id = c.id order by kind limit 1) i on true
     where m.provider_id = '${id}' or m.provider_id like '${id} %' order by m.id`,
  );

const phoneOf = (jid: string) => `+${jid.split("@", 1)[0]}`;

describe("an id that two senders' clients chose", () => {
  test("names a message in each chat, however often and in one batch or two", async () => {
    const [one, other, third, id] = [nextJid(), nextJid(), nextJid(), nextId()];
    const bodies = [one, other, third].map((remoteJid) => text({ remoteJid, id }, `I am ${remoteJid}`));
    await gateway(bodies[0]);
    await gateway(bodies[1], bodies[2]);
    for (const body of bodies) await gateway(body);
    expect(await stored(id)).toMatchObject(
      [one, other, third].map((jid) => ({ person: phoneOf(jid), text: `I am ${jid}` })),
    );
  });

  test("names one each when both come at once", async () => {
    const [one, other, id] = [nextJid(), nextJid(), nextId()];
    await Promise.all([gateway(text({ remoteJid: one, id }, "one")), gateway(text({ remoteJid: other, id }, "other"))]);
    expect((await stored(id)).map((row) => row.text)).toEqual(expect.arrayContaining(["one", "other"]));
  });

  test("may stand on both sides of a chat", async () => {
    const [remoteJid, id] = [nextJid(), nextId()];
    await gateway(text({ remoteJid, id, fromMe: true }, "ours"));
    await gateway(text({ remoteJid, id }, "theirs"));
    await gateway(text({ remoteJid, id }, "theirs"), revoke({ remoteJid }, id));
    expect(await stored(id)).toMatchObject([
      { direction: "out", text: "ours" },
      { direction: "in", text: null },
    ]);
  });

  test("is one message where one person writes by phone and by hidden id", async () => {
    const [remoteJid, hidden, id] = [nextJid(), nextLid(), nextId()];
    await gateway(text({ remoteJid: nextJid(), id }, "somebody else's"));
    await gateway(text({ remoteJid: hidden, senderPn: remoteJid, id }, "mine"));
    await gateway(text({ remoteJid: hidden, id }, "mine"));
    await gateway(text({ remoteJid, id }, "mine"));
    expect((await stored(id)).map((row) => row.text)).toEqual(["somebody else's", "mine"]);
    await gateway(revoke({ remoteJid: hidden }, id));
    expect((await stored(id)).map((row) => row.text)).toEqual(["somebody else's", null]);
  });
});

describe("a message redelivered under the other address, which nothing links", () => {
  const leadsAndTasks = async () => [await count(db, "leads"), await count(db, "tasks")];

  test.each([
    ["by phone and then by hidden id", nextJid, nextLid],
    ["by hidden id and then by phone", nextLid, nextJid],
  ])("is one message: %s", async (_name, firstAddress, otherAddress) => {
    const [first, other, id] = [firstAddress(), otherAddress(), nextId()];
    await gateway(text({ remoteJid: first, id }, "mine"));
    const before = await leadsAndTasks();
    await gateway(text({ remoteJid: other, id }, "mine"));
    expect(await stored(id)).toHaveLength(1);
    expect(await leadsAndTasks()).toEqual(before);
  });

  test("is one message in one batch, and of ours", async () => {
    const [remoteJid, hidden, id] = [nextJid(), nextLid(), nextId()];
    await gateway(text({ remoteJid, id, fromMe: true }, "ours"), text({ remoteJid: hidden, id, fromMe: true }, "ours"));
    await gateway(text({ remoteJid: hidden, id, fromMe: true }, "ours"));
    expect(await stored(id)).toMatchObject([{ direction: "out", text: "ours" }]);
    await gateway(statusOf({ remoteJid: hidden, id }));
    expect(await stored(id)).toMatchObject([{ status: "read" }]);
  });

  test("does not come back when it was deleted in between", async () => {
    const [remoteJid, hidden, id] = [nextJid(), nextLid(), nextId()];
    await gateway(text({ remoteJid, id }, "mine"));
    await gateway(revoke({ remoteJid }, id));
    await gateway(text({ remoteJid: hidden, id }, "mine"));
    expect(await stored(id)).toMatchObject([{ text: null }]);
  });

  test("is another's where its words, its time or its side differ", async () => {
    const [remoteJid, id] = [nextJid(), nextId()];
    await gateway(text({ remoteJid, id }, "mine"));
    await gateway(text({ remoteJid: nextLid(), id }, "other words"));
    await gateway(text({ remoteJid: nextLid(), id, fromMe: true }, "mine"));
    const later = { message: { conversation: "mine" }, messageTimestamp: 1_749_416_999 };
    await gateway(withKey({ remoteJid: nextLid(), id }, later));
    await gateway(text({ remoteJid: nextJid(), id }, "mine"));
    expect(await stored(id)).toHaveLength(5);
  });
});

test("is shown as the gateway gave it, whatever it is kept under", () => {
  expect(["3EB0A1", "3EB0A1 from 919876500100", "3EB0A1 to 55501@lid", "<a@mail.example>"].map(idFromVendor)).toEqual([
    ...["3EB0A1", "3EB0A1", "3EB0A1", "<a@mail.example>"],
  ]);
  expect(providerIdOf("3EB0A1 from 919876500100")).toMatch(/^hash:/);
});

describe("a change", () => {
  test("of another chat's message changes nothing there", async () => {
    const [one, stranger, id] = [nextJid(), nextJid(), nextId()];
    await gateway(text({ remoteJid: one, id }, "mine"));
    await gateway(revoke({ remoteJid: stranger }, id), edit({ remoteJid: stranger }, id, "changed"));
    await gateway(gatewayEvent("messages.update", { keyId: id, remoteJid: stranger, status: "DELETED" }));
    const group = {
      key: { remoteJid: "120363022222222222@g.us", participant: one, id },
      update: { messageStubType: 1 },
    };
    await gateway(gatewayEvent("messages.update", [group]));
    expect(await stored(id)).toMatchObject([{ text: "mine" }]);
    expect(
      await count(db, `messages where provider_id like '${id}%' and (edited_at is not null or revoked_at is not null)`),
    ).toBe(0);
  });

  test("is made in the chat it was made in, though the id is another's first", async () => {
    const [one, other, id] = [nextJid(), nextJid(), nextId()];
    await gateway(text({ remoteJid: one, id }, "one"), text({ remoteJid: other, id }, "other"));
    await gateway(edit({ remoteJid: other }, id, "changed"));
    expect((await stored(id)).map((row) => row.text)).toEqual(["one", "changed"]);
    await gateway(revoke({ remoteJid: other }, id));
    expect((await stored(id)).map((row) => row.text)).toEqual(["one", null]);
  });

  test("that comes first waits for the message of its chat", async () => {
    const [one, other, hidden, id] = [nextJid(), nextJid(), nextLid(), nextId()];
    await gateway(revoke({ remoteJid: hidden }, id));
    await gateway(text({ remoteJid: one, id }, "one"));
    await gateway(text({ remoteJid: hidden, senderPn: other, id }, "other"));
    expect(await stored(id)).toMatchObject([{ text: "one" }, { text: null }]);
    expect(await count(db, `early_message_changes where provider_id like '${id}%'`)).toBe(0);
  });

  test("by a hidden id that nobody has is of the message that stands under the id in a chat by phone", async () => {
    const [remoteJid, hidden, id, other] = [nextJid(), nextLid(), nextId(), nextId()];
    await gateway(text({ remoteJid, id }, "mine"), text({ remoteJid, id: other }, "mine"));
    await gateway(edit({ remoteJid: hidden }, id, "changed"), revoke({ remoteJid: hidden }, other));
    expect(await stored(id)).toMatchObject([{ text: "changed" }]);
    expect(await stored(other)).toMatchObject([{ text: null }]);
  });

  test("by a hidden id changes nothing in a chat with a hidden id of its own, or on the other side", async () => {
    const [remoteJid, hidden, id, ours] = [nextJid(), nextLid(), nextId(), nextId()];
    await gateway(text({ remoteJid: hidden, senderPn: remoteJid, id }, "mine"));
    await gateway(text({ remoteJid: nextJid(), id: ours, fromMe: true }, "ours"));
    await gateway(revoke({ remoteJid: nextLid() }, id), revoke({ remoteJid: nextLid() }, ours));
    expect(await stored(id)).toMatchObject([{ text: "mine" }]);
    expect(await stored(ours)).toMatchObject([{ text: "ours" }]);
  });

  test("by a hidden id with a conversation of its own changes nothing elsewhere", async () => {
    const [remoteJid, hidden, id] = [nextJid(), nextLid(), nextId()];
    await gateway(text({ remoteJid, id }, "mine"), text({ remoteJid: hidden, id: nextId() }, "somebody else's"));
    await gateway(revoke({ remoteJid: hidden }, id));
    expect(await stored(id)).toMatchObject([{ text: "mine" }]);
  });

  test("without a chat is of the message that stands under the id", async () => {
    const [remoteJid, id] = [nextJid(), nextId()];
    await gateway(text({ remoteJid, id }, "mine"));
    await gateway(gatewayEvent("messages.delete", { id }));
    expect(await stored(id)).toMatchObject([{ text: null }]);
  });
});

test("a status is of the message in its chat, before or after it", async () => {
  const [one, other, id, early] = [nextJid(), nextJid(), nextId(), nextId()];
  await gateway(
    text({ remoteJid: one, id, fromMe: true }, "to one"),
    text({ remoteJid: other, id, fromMe: true }, "to other"),
  );
  await gateway(statusOf({ remoteJid: other, id }));
  expect((await stored(id)).map((row) => row.status)).toEqual(["sent", "read"]);
  await gateway(statusOf({ remoteJid: other, id: early }));
  await gateway(text({ remoteJid: one, id: early, fromMe: true }, "to one"));
  await gateway(text({ remoteJid: other, id: early, fromMe: true }, "to other"));
  expect((await stored(early)).map((row) => row.status)).toEqual(["sent", "read"]);
});

test("a status by a hidden id that nobody has is of the message we wrote by phone", async () => {
  const [remoteJid, hidden, id] = [nextJid(), nextLid(), nextId()];
  await gateway(text({ remoteJid, id, fromMe: true }, "ours"));
  await gateway(statusOf({ remoteJid: hidden, id }));
  expect(await stored(id)).toMatchObject([{ status: "read" }]);
});

test("a status that waited with the vendor's list of errors takes over no error", async () => {
  const [remoteJid, id] = [nextJid(), nextId()];
  await gateway(gatewayEvent("messages.update", [{ key: { remoteJid, fromMe: true, id }, update: { status: 0 } }]));
  const waiting = await rows(
    db,
    `update early_statuses set errors = '[{"code":131026}]' where provider_id like '${id} %' returning status`,
  );
  expect(waiting).toEqual([{ status: "failed" }]);
  await gateway(text({ remoteJid, id, fromMe: true }, "ours"));
  expect(await rows(db, `select status, error from messages where provider_id = '${id}'`)).toEqual([
    { status: "failed", error: null },
  ]);
});

async function gateway(...bodies: unknown[]): Promise<void> {
  const store = createDeliveryStore(db, () => {});
  await Promise.all(
    bodies.map((body) =>
      store({
        provider: "whatsapp_gateway",
        companyId,
        body: Buffer.from(JSON.stringify(body)),
        receivedAt: new Date(),
      }),
    ),
  );
  await drain(db);
}
