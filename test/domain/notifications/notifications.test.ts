import { describe, expect, test } from "vitest";
import { countUnread, listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { markAllRead, markRead } from "../../../server/domain/notifications/mark-read.ts";
import { notifyTeam, notifyTeamOfMany } from "../../../server/domain/notifications/notify-team.ts";
import { memberOf } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function team() {
  const companyId = await createCompany();
  const admin = await memberOf(db, companyId, "admin");
  const manager = await memberOf(db, companyId, "manager");
  const seller = await memberOf(db, companyId, "salesperson");
  const as = (userId: number) => ctx(companyId, { kind: "user", userId, role: "admin" });
  return { system: ctx(companyId), as, admin, manager, seller };
}

describe("telling the team", () => {
  test("reaches admins and managers once, however often it is said", async () => {
    const { system, as, admin, manager, seller } = await team();
    const notice = { kind: "lead.created", title: "New lead: Ana", dedupeKey: "lead:1" } as const;
    await Promise.all(Array.from({ length: 5 }, () => system.transact((tx) => notifyTeam(tx, notice))));
    expect(await countUnread(as(admin))).toBe(1);
    expect(await countUnread(as(manager))).toBe(1);
    expect(await countUnread(as(seller))).toBe(0);
  });

  test("reaches other roles or one member where that is said", async () => {
    const { system, as, admin, seller } = await team();
    await system.transact((tx) =>
      notifyTeamOfMany(tx, [
        { kind: "lead.created", title: "for sellers", dedupeKey: "a", roles: ["salesperson"] },
        { kind: "deal.created", title: "for one", dedupeKey: "b", userId: admin },
      ]),
    );
    expect((await listNotifications(as(seller), { limit: 5 })).items).toMatchObject([{ title: "for sellers" }]);
    expect((await listNotifications(as(admin), { limit: 5 })).items).toMatchObject([{ title: "for one" }]);
  });
});

describe("one's own notifications", () => {
  test("are read one by one or all at once", async () => {
    const { system, as, admin, manager } = await team();
    const notices = ["1", "2", "3"].map((key) => ({ kind: "lead.created", title: key, dedupeKey: key }) as const);
    await system.transact((tx) => notifyTeamOfMany(tx, notices));
    const page = await listNotifications(as(admin), { limit: 2 });
    expect(page.items.map((each) => each.title)).toEqual(["3", "2"]);
    await markRead(as(admin), page.items[0]?.id ?? 0);
    await expect(markRead(as(manager), page.items[0]?.id ?? 0)).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    expect(await countUnread(as(admin))).toBe(2);
    expect((await listNotifications(as(admin), { limit: 5, unread: true })).items).toHaveLength(2);
    await markAllRead(as(admin));
    expect(await countUnread(as(admin))).toBe(0);
    expect(await countUnread(as(manager))).toBe(3);
  });

  test("are nobody's without a person", async () => {
    const { system } = await team();
    expect(await listNotifications(system, { limit: 5 })).toEqual({ items: [], next: null });
    expect(await countUnread(system)).toBe(0);
  });
});
