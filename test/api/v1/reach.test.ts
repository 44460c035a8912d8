import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { memberOf } from "../../factories/people.ts";
import { eventTypes } from "../../factories/rows.ts";
import { v1App } from "./v1-app.ts";

const { caller, browser, ctx, db } = await v1App();

describe("/v1/settings/roles", () => {
  test("says what each role sees, and is an admin's to change", async () => {
    const admin = await caller("admin", undefined, ["read", "write", "admin"]);
    const always = { people: "all", sees_unowned: false, phones: "full", version: 0 };
    expect((await admin.get("/v1/settings/roles")).json().data).toContainEqual({ role: "secretariat", ...always });
    const answer = await admin.patch("/v1/settings/roles/secretariat", { phones: "masked" });
    expect(answer.json()).toEqual({ role: "secretariat", ...always, phones: "masked", version: 1 });
    expect((await admin.patch("/v1/settings/roles/admin", { people: "own" })).statusCode).toBe(409);
    expect((await admin.patch("/v1/settings/roles/owner", { people: "own" })).statusCode).toBe(400);
    const stale = await admin.patch("/v1/settings/roles/secretariat", { people: "own" }, { "if-match": '"v9"' });
    expect(stale.statusCode).toBe(412);
    const manager = await caller("manager", admin.companyId, ["read", "write", "admin"]);
    expect((await manager.patch("/v1/settings/roles/secretariat", { phones: "full" })).statusCode).toBe(403);
    expect(await eventTypes(db, admin.companyId)).toContain("role.reach_changed");
  });

  test("holds from the next request on, for who is signed in and for keys they made", async () => {
    const admin = await caller("admin", undefined, ["read", "write", "admin"]);
    const me = await browser(admin.companyId, "salesperson");
    const key = await caller("salesperson", admin.companyId);
    await createContact(ctx(admin.companyId), { name: "Mine", ownerUserId: me.userId });
    await createContact(ctx(admin.companyId), { name: "Nobody's" });
    expect((await me.get("/v1/contacts")).json().data).toHaveLength(2);
    await admin.patch("/v1/settings/roles/salesperson", { people: "own" });
    expect((await me.get("/v1/contacts")).json().data).toMatchObject([{ name: "Mine" }]);
    // Nobody made this key, so nobody's people are its own.
    expect((await key.get("/v1/contacts")).json().data).toEqual([]);
    await admin.patch("/v1/settings/roles/salesperson", { sees_unowned: true });
    expect((await key.get("/v1/contacts")).json().data).toMatchObject([{ name: "Nobody's" }]);
  });
});

describe("/v1/teams", () => {
  test("are made, changed and deleted, and widen their members' sight", async () => {
    const admin = await caller("admin", undefined, ["read", "write", "admin"]);
    const me = await browser(admin.companyId, "salesperson");
    const colleague = await memberOf(db, admin.companyId, "salesperson");
    const person = await createContact(ctx(admin.companyId), { name: "Theirs", ownerUserId: colleague });
    await admin.patch("/v1/settings/roles/salesperson", { people: "team" });
    expect((await me.get(`/v1/contacts/${person.id}`)).statusCode).toBe(404);
    const made = await admin.post("/v1/teams", { name: "South", member_ids: [me.userId, colleague] });
    expect([made.statusCode, made.json().member_ids]).toEqual([201, [me.userId, colleague]]);
    const url = `/v1/teams/${made.json().id}`;
    expect(made.headers.location).toBe(url);
    expect((await me.get(`/v1/contacts/${person.id}`)).statusCode).toBe(200);
    expect((await admin.patch(url, { name: "North", member_ids: [me.userId] })).json().version).toBe(2);
    expect((await me.get(`/v1/contacts/${person.id}`)).statusCode).toBe(404);
    expect((await admin.post("/v1/teams", { name: "north" })).statusCode).toBe(409);
    expect((await admin.patch(url, { member_ids: [999_999_999] })).statusCode).toBe(400);
    expect((await admin.delete(url)).statusCode).toBe(204);
    expect((await admin.get(url)).statusCode).toBe(404);
    expect((await me.get("/v1/teams")).statusCode).toBe(403);
  });
});

describe("what is about the whole company", () => {
  test("is refused in words to those who see some people only", async () => {
    const admin = await caller("admin", undefined, ["read", "write", "admin"]);
    const me = await browser(admin.companyId, "salesperson");
    await admin.patch("/v1/settings/roles/salesperson", { people: "own" });
    for (const url of ["/v1/imports", "/v1/simulator/settings"]) {
      const answer = await me.get(url);
      expect([answer.statusCode, answer.json().detail], url).toEqual([403, expect.stringContaining("whole company")]);
    }
    await updateContact(ctx(admin.companyId), (await createContact(ctx(admin.companyId), { name: "A" })).id, {
      name: "B",
    });
    expect((await me.get("/v1/events")).json().data).toEqual([]);
  });
});
