import { afterAll, expect, test } from "vitest";
import { createSession } from "../../../server/domain/accounts/session.ts";
import { enterCompany } from "../../../server/domain/accounts/signed-in.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { createNote } from "../../../server/domain/notes/write-note.ts";
import { changeRoleReach } from "../../../server/domain/reach/role-reach.ts";
import { memberOf } from "../../factories/people.ts";
import { type LiveStream, openLiveStream } from "./live-stream.ts";
import { v1App } from "./v1-app.ts";

const { app, db, ctx, createCompany } = await v1App();
const address = await app.listen({ port: 0, host: "127.0.0.1" });
const streams: LiveStream[] = [];
afterAll(() => {
  for (const stream of streams) stream.close();
});

async function listen(companyId: number, userId: number): Promise<LiveStream> {
  const entered = await ctx(companyId).transact((tx) => enterCompany(tx, userId, "link"));
  const session = await createSession({ db, now: () => new Date() }, entered, "test");
  const stream = await openLiveStream(`${address}/v1/live`, { cookie: `sid=${session}` });
  streams.push(stream);
  await expect.poll(() => stream.lastId()).not.toBe("");
  return stream;
}

test("a listener hears of their own people only, with numbers hidden where they are hidden from them", async () => {
  const companyId = await createCompany();
  const system = ctx(companyId);
  const [mine, colleague] = [
    await memberOf(db, companyId, "salesperson"),
    await memberOf(db, companyId, "salesperson"),
  ];
  const own = await createContact(system, { name: "Mine", ownerUserId: mine });
  const other = await createContact(system, { name: "Theirs", ownerUserId: colleague });
  await changeRoleReach(system, "salesperson", { people: "own", phones: "masked" });
  const [me, them] = [await listen(companyId, mine), await listen(companyId, colleague)];
  await createNote(system, { contactId: other.id, body: "theirs" });
  await createNote(system, { contactId: own.id, body: "ring +5511987651234" });
  const heard = await nextNote(me);
  expect(heard).toMatchObject({ contact_id: own.id, after: { body: "ring +55 ••••• 1234" } });
  expect(await nextNote(them)).toMatchObject({ contact_id: other.id });
});

async function nextNote(stream: LiveStream): Promise<unknown> {
  for (;;) {
    const { event, data } = await stream.next();
    if (event === "note.created") return data;
  }
}
