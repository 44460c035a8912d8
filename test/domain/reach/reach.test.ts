import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { cancelAppointment } from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { countContacts } from "../../../server/domain/contacts/count-contacts.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { listContacts } from "../../../server/domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { type Ctx, createCtx, type Role } from "../../../server/domain/context.ts";
import { assignConversation } from "../../../server/domain/conversations/assign-conversation.ts";
import { listConversations } from "../../../server/domain/conversations/list-conversations.ts";
import { countConversations } from "../../../server/domain/conversations/page-conversations.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { listDeals } from "../../../server/domain/deals/list-deals.ts";
import { listEvents } from "../../../server/domain/events/list-events.ts";
import { listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { notifyTeam } from "../../../server/domain/notifications/notify-team.ts";
import { reachOfMember } from "../../../server/domain/reach/reach-of-member.ts";
import { changeRoleReach } from "../../../server/domain/reach/role-reach.ts";
import { createTeam, updateTeam } from "../../../server/domain/reach/write-team.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { listTasks } from "../../../server/domain/tasks/list-tasks.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { messagesOf } from "../../factories/messages.ts";
import { memberOf } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const page = { limit: 50 };

async function company() {
  const companyId = await createCompany();
  const system = ctx(companyId);
  const [mine, colleague] = [
    await memberOf(db, companyId, "salesperson"),
    await memberOf(db, companyId, "salesperson"),
  ];
  const people = {
    mine: await createContact(system, { name: "Mine", phone: "+5511900000001", ownerUserId: mine }),
    theirs: await createContact(system, { name: "Theirs", phone: "+5511900000002", ownerUserId: colleague }),
    nobodys: await createContact(system, { name: "Nobody's", phone: "+5511900000003" }),
  };
  return { companyId, system, mine, colleague, people };
}

/** The member's own context, with the reach that their role has by now. */
async function as(companyId: number, userId: number, role: Role = "salesperson"): Promise<Ctx> {
  const reach = await reachOfMember(ctx(companyId), userId);
  return createCtx({ db, companyId, actor: { kind: "user", userId, role }, ...(reach ? { reach } : {}) });
}

async function names(caller: Ctx): Promise<string[]> {
  return (await listContacts(caller, { sort: "name", ...page })).items.map(({ name }) => name);
}

describe("what a role sees", () => {
  test("is everybody, until an admin narrows it; an admin's own role cannot be", async () => {
    const { companyId, system, mine } = await company();
    expect(await names(await as(companyId, mine))).toEqual(["Mine", "Nobody's", "Theirs"]);
    await changeRoleReach(system, "salesperson", { people: "own" });
    expect(await names(await as(companyId, mine))).toEqual(["Mine"]);
    await changeRoleReach(system, "salesperson", { seesUnowned: true });
    expect(await names(await as(companyId, mine))).toEqual(["Mine", "Nobody's"]);
    await changeRoleReach(system, "salesperson", { people: "all" });
    expect(await names(await as(companyId, mine))).toEqual(["Mine", "Nobody's", "Theirs"]);
    await expect(changeRoleReach(system, "admin", { people: "own" })).rejects.toMatchObject({
      refusal: { kind: "conflict" },
    });
    const salesperson = ctx(companyId, { kind: "user", userId: mine, role: "salesperson" });
    await expect(changeRoleReach(salesperson, "salesperson", { people: "all" })).rejects.toMatchObject({
      refusal: { kind: "forbidden" },
    });
  });

  test("is the team's people where it is the team, from the moment somebody joins it", async () => {
    const { companyId, system, mine, colleague } = await company();
    await changeRoleReach(system, "salesperson", { people: "team" });
    const team = await createTeam(system, { name: "South", memberIds: [mine] });
    expect(await names(await as(companyId, mine))).toEqual(["Mine"]);
    await updateTeam(system, team.id, { memberIds: [mine, colleague] });
    expect(await names(await as(companyId, mine))).toEqual(["Mine", "Theirs"]);
    await expect(createTeam(system, { name: " SOUTH " })).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
    await expect(updateTeam(system, team.id, { memberIds: [999_999] })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
  });

  test("is the same in lists of every order, in counts and in searches", async () => {
    const { companyId, system, mine } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    const caller = await as(companyId, mine);
    for (const sort of ["leadScore", "createdAtAscending", "lastMessageAt", "nameDescending"] as const)
      expect((await listContacts(caller, { sort, ...page })).items.map(({ name }) => name)).toEqual(["Mine"]);
    expect(await countContacts(caller)).toBe(1);
    expect(await countContacts(system)).toBe(3);
    expect(await countContacts(caller, { search: "9000000" })).toBe(1);
    expect((await searchContacts(caller, { query: "Theirs", ...page })).items).toEqual([]);
    expect((await searchContacts(caller, { query: "900000002", ...page })).items).toEqual([]);
  });

  test("follows the person to deals, tasks and the journal", async () => {
    const { companyId, system, mine, people } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    for (const { id, name } of Object.values(people)) {
      await createDeal(system, { contactId: id, title: name });
      await createTask(system, { contactId: id, title: name });
    }
    await createTask(system, { contactId: people.theirs.id, title: "given to me", assigneeUserId: mine });
    await createTask(system, { title: "about nobody" });
    const caller = await as(companyId, mine);
    expect((await listDeals(caller, page)).items.map(({ title }) => title)).toEqual(["Mine"]);
    expect((await listTasks(caller, page)).items.map(({ title }) => title)).toEqual(["given to me", "Mine"]);
    const told = (await listEvents(caller, { limit: 100 })).items;
    expect(new Set(told.map(({ contactId }) => contactId))).toEqual(new Set([people.mine.id]));
  });
});

describe("whoever sees some people only", () => {
  test("finds nobody else by id, and changes nobody", async () => {
    const { companyId, system, mine, people } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    const caller = await as(companyId, mine);
    const gone = { refusal: { kind: "not_found" } };
    await expect(getContact(caller, people.theirs.id)).rejects.toMatchObject(gone);
    await expect(updateContact(caller, people.theirs.id, { name: "Taken" })).rejects.toMatchObject(gone);
    await expect(createDeal(caller, { contactId: people.theirs.id, title: "x" })).rejects.toMatchObject(gone);
    await expect(createTask(caller, { contactId: people.theirs.id, title: "x" })).rejects.toMatchObject(gone);
  });

  test("acts on no visit of theirs, which is refused as one that is not there", async () => {
    const { companyId, system, mine, people } = await company();
    const visit = { ...(await clinicIn(system)), contactId: people.theirs.id, startsAt: "2027-01-11T10:00:00Z" };
    const { id } = await bookAppointment(system, visit);
    await changeRoleReach(system, "salesperson", { people: "own" });
    const caller = await as(companyId, mine);
    const gone = { refusal: { kind: "not_found", entity: "appointment" } };
    await expect(cancelAppointment(caller, id)).rejects.toMatchObject(gone);
    await expect(deleteAppointment(caller, id)).rejects.toMatchObject(gone);
    await deleteAppointment(system, id);
    await expect(restoreAppointment(caller, id)).rejects.toMatchObject(gone);
  });

  test("keeps whom they bring in, and gives nobody away to somebody they do not see", async () => {
    const { companyId, system, mine, colleague } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    const caller = await as(companyId, mine);
    const made = await createContact(caller, { name: "New" });
    expect(made.ownerUserId).toBe(mine);
    await expect(updateContact(caller, made.id, { ownerUserId: colleague })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    await expect(updateContact(caller, made.id, { ownerUserId: null })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
  });

  test("learns that a number is a colleague's, and not whose", async () => {
    const { companyId, system, mine, people } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    const refused = createContact(await as(companyId, mine), { name: "Twice", phone: "+5511900000002" });
    await expect(refused).rejects.toMatchObject({ refusal: { kind: "duplicate", entity: "contact" } });
    await expect(refused).rejects.not.toMatchObject({ refusal: { existingId: people.theirs.id } });
  });
});

describe("a conversation given to a member who sees their own people only", () => {
  test("brings a person whom nobody owns along; a colleague's stays the colleague's", async () => {
    const { companyId, system, mine, people } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    for (const { id } of Object.values(people))
      await messagesOf(db, companyId, id, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
    await rows(db, `update conversations set last_message_at = now() where company_id = ${companyId} returning id`);
    const conversations = (await listConversations(system, { filter: {}, ...page })).items;
    const of = (contactId: number) => conversations.find((one) => one.contactId === contactId)?.id ?? 0;
    await assignConversation(system, of(people.nobodys.id), mine);
    expect((await getContact(system, people.nobodys.id)).ownerUserId).toBe(mine);
    await expect(assignConversation(system, of(people.theirs.id), mine)).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    const caller = await as(companyId, mine);
    const seen = (await listConversations(caller, { filter: {}, ...page })).items.map(({ contactName }) => contactName);
    expect(seen.toSorted()).toEqual(["Mine", "Nobody's"]);
    expect([await countConversations(caller, "open"), await countConversations(system, undefined)]).toEqual([2, 3]);
  });
});

describe("a notification", () => {
  test("goes to those who see its person, and is read only as long as they do", async () => {
    const { companyId, system, mine, colleague, people } = await company();
    await changeRoleReach(system, "salesperson", { people: "own" });
    const notice = { kind: "lead.created", title: "New lead", contactId: people.mine.id, dedupeKey: "one" } as const;
    await system.transact((tx) => notifyTeam(tx, { ...notice, roles: ["salesperson"] }));
    const titles = async (userId: number) =>
      (await listNotifications(await as(companyId, userId), page)).items.map(({ title }) => title);
    expect([await titles(mine), await titles(colleague)]).toEqual([["New lead"], []]);
    await updateContact(system, people.mine.id, { ownerUserId: colleague });
    expect(await titles(mine)).toEqual([]);
  });
});
