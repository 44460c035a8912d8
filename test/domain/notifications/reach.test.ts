import { sql } from "kysely";
import { expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { createCtx } from "../../../server/domain/context.ts";
import { hidePhones } from "../../../server/domain/notifications/hide-phones.ts";
import { countUnread, listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { notifyTeamOfMany } from "../../../server/domain/notifications/notify-team.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

test("who was given somebody else's person is named no more, except by one's own task", async () => {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "salesperson");
  const contactId = await personIn(db, companyId, { name: "Ana" });
  await db.run(own({ companyId, contactId, userId }));
  const about = { contactId, userId };
  await ctx(companyId).transact((tx) =>
    notifyTeamOfMany(tx, [
      { ...about, kind: "call.missed", title: "Missed call: Ana", dedupeKey: "1" },
      { ...about, kind: "task.due", title: "Due soon: Call", subject: { kind: "task", id: 1 }, dedupeKey: "2" },
      { kind: "channel.problem", title: "Down", dedupeKey: "3", userId },
    ]),
  );
  const actor = { kind: "user", userId, role: "salesperson" } as const;
  const reach = { ownerIds: [userId], seesUnowned: false, masksPhones: false };
  const narrowed = createCtx({ db, companyId, actor, reach });
  expect(await countUnread(narrowed)).toBe(3);
  await db.run(own({ companyId, contactId, userId: await memberOf(db, companyId, "salesperson") }));
  expect((await listNotifications(narrowed, { limit: 9 })).items.map(({ title }) => title)).toEqual([
    "Down",
    "Due soon: Call",
  ]);
  expect(await countUnread(narrowed)).toBe(2);
});

test("numbers are hidden from whoever may not see them; times and dates stay", () => {
  expect(hidePhones({ title: "New lead: +49 30 1234567", body: "2026-11-21 10:00, call (030) 123-45 67 12" })).toEqual({
    title: "New lead: … 67",
    body: "2026-11-21 10:00, call … 12",
  });
});

const own = prepared<{ companyId: number; contactId: number; userId: number }>()(
  (_db, arg) => sql<never>`
    update contacts set owner_user_id = ${arg("userId")}::bigint
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
