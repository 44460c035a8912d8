import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listNotes } from "../../server/domain/notes/list-notes.ts";
import { createNote } from "../../server/domain/notes/write-note.ts";
import { steadyNow } from "../../server/domain/steady-now.ts";
import { personIn } from "../factories/people.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const noonMs = Date.parse("2036-11-21T12:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: noonMs });
});
afterEach(() => {
  vi.useRealTimers();
});

test("time stands still while the clock is a moment behind, and follows one that is put right", () => {
  const read = (ms: number) => {
    vi.setSystemTime(noonMs + ms);
    return steadyNow().getTime() - noonMs;
  };
  expect([0, 20, -300, -10, 20, 40].map(read)).toEqual([0, 20, 20, 20, 20, 40]);
  expect([-3_600_000, -3_599_000, 50].map(read)).toEqual([-3_600_000, -3_599_000, 50]);
});

test("what is made after the clock stepped back is listed as the newer", async () => {
  const companyId = await createCompany();
  const contactId = await personIn(db, companyId);
  const own = ctx(companyId);
  for (const body of ["first", "second", "third"]) {
    await createNote(own, { contactId, body });
    vi.setSystemTime(Date.now() - 300);
  }
  const { items } = await listNotes(own, { contactId, limit: 5 });
  expect(items.map(({ body }) => body)).toEqual(["third", "second", "first"]);
});
