import { sql } from "kysely";
import { expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { changeLeads } from "../../../server/domain/change-sets/change-leads.ts";
import { undoChangeSet } from "../../../server/domain/change-sets/undo-change-set.ts";
import { openLeads } from "../../../server/domain/leads/open-leads.ts";
import { memberOf } from "../../factories/people.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const manyPeople = prepared<{ companyId: number; many: number }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into contacts (company_id, name) select ${arg("companyId")}::bigint, 'P' || i from generate_series(1, ${arg("many")}::int) i
    returning id`,
);

test("thousands of leads are opened in one range, assigned, moved, and all of it undone", async () => {
  const own = ctx(await createCompany());
  const { companyId } = own;
  const people = await db.all(manyPeople({ companyId, many: 4_000 }));
  const rows = people.map(({ id }) => ({ contactId: id, stage: "new" as const }));
  const opened = await own.transact((tx) => openLeads(tx, rows));
  expect(opened.map(({ number }) => number)).toEqual(Array.from({ length: 4_000 }, (_, index) => index + 1));
  const ids = opened.map(({ id }) => id);
  const ownerUserId = await memberOf(db, companyId, "salesperson");
  const given = await changeLeads(own, { ids }, { type: "assign", ownerUserId });
  const moved = await changeLeads(own, { filter: { ownerUserId } }, { type: "set_stage", stage: "lost" });
  expect([given.changeSet.changedCount, moved.changeSet.changedCount, moved.hasMore]).toEqual([4_000, 4_000, false]);
  const stands = (where: string) =>
    count(db, `leads l join contacts c on c.id = l.contact_id where l.company_id = ${companyId} and ${where}`);
  const both = `c.owner_user_id = ${ownerUserId} and c.stage = 'lost' and l.stage = 'lost' and l.closed_at is not null`;
  expect(await stands(`l.owner_user_id = ${ownerUserId} and ${both} and l.activity_count = 2`)).toBe(4_000);
  await undoChangeSet(own, moved.changeSet.id);
  await undoChangeSet(own, given.changeSet.id);
  expect(
    await stands("l.owner_user_id is null and c.owner_user_id is null and c.stage = 'new' and l.closed_at is null"),
  ).toBe(4_000);
});
