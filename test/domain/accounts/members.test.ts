import { describe, expect, test } from "vitest";
import { acceptInvitation, findInvitation } from "../../../server/domain/accounts/accept-invitation.ts";
import { changeRole } from "../../../server/domain/accounts/change-role.ts";
import { createFirstSignIn, createPasswordReset } from "../../../server/domain/accounts/create-password-reset.ts";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { listInvitations } from "../../../server/domain/accounts/invitation.ts";
import { inviteUser, revokeInvitation } from "../../../server/domain/accounts/invite-user.ts";
import { listUsers } from "../../../server/domain/accounts/list-users.ts";
import { removeMember } from "../../../server/domain/accounts/remove-member.ts";
import { signIn } from "../../../server/domain/accounts/sign-in.ts";
import { updateProfile } from "../../../server/domain/accounts/update-profile.ts";
import type { Role } from "../../../server/domain/context.ts";
import { listEvents } from "../../../server/domain/events/list-events.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const instance = { db: database.db, now: () => new Date() };
const password = "tangled-otter-9";

let count = 0;
async function member(companyId: number, role: Role, given: { password?: string } = { password }) {
  count += 1;
  return createUser(database.ctx(companyId), { email: `m${count}@example.com`, role, ...given });
}

function as(companyId: number, userId: number, role: Role) {
  return database.ctx(companyId, { kind: "user", userId, role });
}

describe("members", () => {
  test("are listed page by page, of their own company only", async () => {
    const companyId = await database.createCompany();
    const other = await database.createCompany();
    const made = [
      await member(companyId, "admin"),
      await member(companyId, "manager"),
      await member(companyId, "salesperson"),
    ];
    await member(other, "admin");
    const first = await listUsers(database.ctx(companyId), { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(made.slice(0, 2).map(({ id }) => id));
    const second = await listUsers(database.ctx(companyId), {
      limit: 2,
      ...(first.next ? { cursor: first.next } : {}),
    });
    expect(second).toMatchObject({ items: [{ id: made[2]?.id }], next: null });
  });

  test("are made, changed and removed by admins alone", async () => {
    const companyId = await database.createCompany();
    const admin = await member(companyId, "admin");
    const manager = await member(companyId, "manager");
    const ctx = as(companyId, manager.id, "manager");
    const forbidden = { refusal: { kind: "forbidden" } };
    await expect(createUser(ctx, { email: "x@example.com", role: "admin" })).rejects.toMatchObject(forbidden);
    await expect(changeRole(ctx, manager.id, "admin")).rejects.toMatchObject(forbidden);
    await expect(removeMember(ctx, admin.id)).rejects.toMatchObject(forbidden);
    await expect(inviteUser(ctx, { email: "x@example.com", role: "admin" })).rejects.toMatchObject(forbidden);
    await expect(createPasswordReset(ctx, admin.id)).rejects.toMatchObject(forbidden);
  });

  test("of another company are not found", async () => {
    const companyId = await database.createCompany();
    const stranger = await member(await database.createCompany(), "manager");
    const ctx = database.ctx(companyId);
    const notFound = { refusal: { kind: "not_found" } };
    await expect(changeRole(ctx, stranger.id, "admin")).rejects.toMatchObject(notFound);
    await expect(removeMember(ctx, stranger.id)).rejects.toMatchObject(notFound);
    await expect(createPasswordReset(ctx, stranger.id)).rejects.toMatchObject(notFound);
  });

  test("with an account elsewhere cannot be taken over by making them again", async () => {
    const known = await member(await database.createCompany(), "manager");
    const ctx = database.ctx(await database.createCompany());
    await expect(
      createUser(ctx, { email: known.email, role: "admin", password: "grabbed-otter-1" }),
    ).rejects.toMatchObject({
      refusal: { kind: "duplicate" },
    });
  });

  test("start afresh when they belonged to nobody in between", async () => {
    const former = await database.createCompany();
    await member(former, "admin");
    const user = await member(former, "manager");
    await removeMember(database.ctx(former), user.id);
    const next = await database.createCompany();
    await createUser(database.ctx(next), { email: user.email, role: "manager", password: "another-otter-2" });
    await expect(signIn(instance, { email: user.email, password })).rejects.toThrow();
    expect((await signIn(instance, { email: user.email, password: "another-otter-2" })).companyId).toBe(next);
  });

  test("made twice at once exist once", async () => {
    const ctx = database.ctx(await database.createCompany());
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => createUser(ctx, { email: "race@example.com", role: "manager" })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of all) if (outcome.status === "rejected") expect(outcome.reason.refusal.kind).toBe("duplicate");
  });

  test("leave a trace in the journal", async () => {
    const companyId = await database.createCompany();
    await member(companyId, "admin");
    const user = await member(companyId, "salesperson");
    await changeRole(database.ctx(companyId), user.id, "manager");
    await removeMember(database.ctx(companyId), user.id);
    const { items } = await listEvents(database.ctx(companyId), { subject: { kind: "user", id: user.id }, limit: 10 });
    expect(items.map(({ type }) => type).toSorted()).toEqual(["user.added", "user.removed", "user.role_changed"]);
    expect(items.find(({ type }) => type === "user.role_changed")).toMatchObject({
      before: { role: "salesperson" },
      after: { role: "manager" },
    });
  });
});

describe("the last admin", () => {
  test("can be neither removed nor demoted", async () => {
    const companyId = await database.createCompany();
    const admin = await member(companyId, "admin");
    const ctx = as(companyId, admin.id, "admin");
    await expect(changeRole(ctx, admin.id, "manager")).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    await expect(removeMember(ctx, admin.id)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
  });

  test("stays when all admins leave at the same moment", async () => {
    const companyId = await database.createCompany();
    const admins = await Promise.all(Array.from({ length: 4 }, () => member(companyId, "admin", {})));
    const leaving = await Promise.allSettled(
      admins.map(({ id }, index) =>
        index % 2 === 0
          ? removeMember(as(companyId, id, "admin"), id)
          : changeRole(as(companyId, id, "admin"), id, "manager").then(() => undefined),
      ),
    );
    expect(leaving.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const { items } = await listUsers(database.ctx(companyId), { limit: 10 });
    expect(items.filter(({ role }) => role === "admin")).toHaveLength(1);
  });
});

describe("an invitation", () => {
  test("makes a member who chose a password, once", async () => {
    const companyId = await database.createCompany();
    const { token } = await inviteUser(database.ctx(companyId), { email: "New.One@Example.com", role: "salesperson" });
    expect(await findInvitation(instance, token)).toMatchObject({ email: "new.one@example.com", role: "salesperson" });
    await expect(acceptInvitation(instance, { token, password: "short" })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    const joined = await acceptInvitation(instance, { token, password, firstName: "New", lastName: "One" });
    expect(joined).toMatchObject({ companyId, role: "salesperson", firstName: "New" });
    await expect(acceptInvitation(instance, { token, password })).rejects.toMatchObject({
      refusal: { kind: "unauthenticated" },
    });
    expect((await signIn(instance, { email: "new.one@example.com", password })).userId).toBe(joined.userId);
  });

  test("accepted by five at once makes one member", async () => {
    const companyId = await database.createCompany();
    const { token } = await inviteUser(database.ctx(companyId), { email: "five@example.com", role: "manager" });
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => acceptInvitation(instance, { token, password })),
    );
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("to somebody with an account wants that account's password", async () => {
    const known = await member(await database.createCompany(), "admin");
    const companyId = await database.createCompany();
    const { token } = await inviteUser(database.ctx(companyId), { email: known.email, role: "manager" });
    await expect(acceptInvitation(instance, { token, password: "not-their-otter" })).rejects.toMatchObject({
      refusal: { kind: "unauthenticated" },
    });
    expect(await acceptInvitation(instance, { token, password })).toMatchObject({ userId: known.id, companyId });
  });

  test("ends when withdrawn, replaced or a week old", async () => {
    const companyId = await database.createCompany();
    const ctx = database.ctx(companyId);
    const first = await inviteUser(ctx, { email: "late@example.com", role: "manager" });
    const second = await inviteUser(ctx, { email: "late@example.com", role: "manager" });
    await expect(acceptInvitation(instance, { token: first.token, password })).rejects.toThrow();
    const nextWeek = { db: database.db, now: () => new Date(Date.now() + 8 * 86_400_000) };
    await expect(acceptInvitation(nextWeek, { token: second.token, password })).rejects.toThrow();
    await revokeInvitation(ctx, second.invitation.id);
    await expect(acceptInvitation(instance, { token: second.token, password })).rejects.toThrow();
    const { items } = await listInvitations(ctx, { limit: 10 });
    expect(items.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
  });

  test("to a member is refused", async () => {
    const companyId = await database.createCompany();
    const known = await member(companyId, "manager");
    await expect(inviteUser(database.ctx(companyId), { email: known.email, role: "admin" })).rejects.toMatchObject({
      refusal: { kind: "duplicate" },
    });
  });
});

describe("links made by an admin", () => {
  test("are refused for somebody who belongs to another company too", async () => {
    const home = await database.createCompany();
    const homeAdmin = await member(home, "admin");
    const shared = await member(home, "manager");
    const second = await database.createCompany();
    const { token } = await inviteUser(database.ctx(second), { email: shared.email, role: "manager" });
    await acceptInvitation(instance, { token, password });
    const ctx = as(home, homeAdmin.id, "admin");
    await expect(createPasswordReset(ctx, shared.id)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    await expect(createFirstSignIn(ctx, shared.id)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    await expect(createPasswordReset(database.ctx(home), shared.id)).resolves.toMatchObject({ email: shared.email });
  });
});

describe("a profile", () => {
  test("changes name freely, and the address with the password", async () => {
    const companyId = await database.createCompany();
    const user = await member(companyId, "manager");
    const ctx = as(companyId, user.id, "manager");
    expect(await updateProfile(ctx, { firstName: " Zoë ", lastName: "Lee" })).toMatchObject({ firstName: "Zoë" });
    await expect(updateProfile(ctx, { email: "zoe@example.com" })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    expect(await updateProfile(ctx, { email: "Zoe@example.com", currentPassword: password })).toMatchObject({
      email: "zoe@example.com",
    });
  });

  test("cannot take another account's address", async () => {
    const companyId = await database.createCompany();
    const [one, two] = [await member(companyId, "manager"), await member(companyId, "manager")];
    const change = updateProfile(as(companyId, one.id, "manager"), { email: two.email, currentPassword: password });
    await expect(change).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
  });
});
