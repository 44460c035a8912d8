import { expect, test, vi } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { restoreMentioned } from "../../../server/domain/contacts/restore-mentioned.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import type { TxCtx } from "../../../server/domain/context.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const me = ctx(await createCompany());

const phone = (index: number) => `+15554108${100 + index}`;
let next = 0;

/** Somebody deleted with a number, and a living person without one. */
async function twoPeople() {
  next += 1;
  const [gone, living] = [
    await createContact(me, { name: "Gone", phone: phone(next) }),
    await createContact(me, { name: "Living" }),
  ];
  await deleteContact(me, gone.id);
  return { gone: gone.id, living: living.id, phone: phone(next) };
}

/** The first act stays open until the second is done or waits for it. */
async function interleaved(first: (tx: TxCtx) => Promise<unknown>, second: () => Promise<unknown>): Promise<unknown> {
  const { promise: isDone, resolve } = Promise.withResolvers<void>();
  const outcome = me.transact(async (tx) => {
    await first(tx);
    const other = Promise.allSettled([second()]);
    void other.then(() => resolve());
    await Promise.race([isDone, vi.waitFor(somebodyWaits, { timeout: 10_000, interval: 20 })]);
    return { other };
  });
  return (await (await outcome).other)[0];
}

async function somebodyWaits(): Promise<void> {
  const waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  expect(await count(db, waiting)).toBeGreaterThan(0);
}

test("somebody who is given the number of a deleted person has it alone, though that person writes meanwhile", async () => {
  const { gone, living, phone } = await twoPeople();
  await interleaved(
    (tx) => updateContact(tx, living, { phone }),
    () => me.transact((tx) => restoreMentioned(tx, [gone])),
  );
  expect(await getContact(me, living)).toMatchObject({ phone });
  expect(await getContact(me, gone)).toMatchObject({ phone: null });
});

test("the number of a person who is just coming back is given to nobody else", async () => {
  const { gone, living, phone } = await twoPeople();
  const refused = await interleaved(
    (tx) => restoreMentioned(tx, [gone]),
    () => updateContact(me, living, { phone }),
  );
  expect(refused).toMatchObject({ status: "rejected", reason: { refusal: { kind: "duplicate", existingId: gone } } });
  expect(await getContact(me, gone)).toMatchObject({ phone });
  expect(await getContact(me, living)).toMatchObject({ phone: null });
});

test("a person is not brought back by hand over somebody who is just being given their number", async () => {
  const { gone, living, phone } = await twoPeople();
  const refused = await interleaved(
    (tx) => updateContact(tx, living, { phone }),
    () => restoreContact(me, gone),
  );
  expect(refused).toMatchObject({ status: "rejected", reason: { refusal: { kind: "duplicate", existingId: living } } });
});

test("nobody comes back with a number that went to somebody who was deleted too", async () => {
  const { gone, living, phone } = await twoPeople();
  await updateContact(me, living, { phone });
  await deleteContact(me, living);
  await me.transact((tx) => restoreMentioned(tx, [gone]));
  expect(await getContact(me, gone)).toMatchObject({ phone: null });
  await me.transact((tx) => restoreMentioned(tx, [living]));
  expect(await getContact(me, living)).toMatchObject({ phone });
});
