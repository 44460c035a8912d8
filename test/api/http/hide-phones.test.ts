import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { changeRoleReach } from "../../../server/domain/reach/role-reach.ts";
import { v1App } from "../v1/v1-app.ts";

const { caller, ctx, db } = await v1App();

async function masked() {
  const admin = await caller("admin");
  const salesperson = await caller("salesperson", admin.companyId);
  await changeRoleReach(ctx(admin.companyId), "salesperson", { phones: "masked" });
  const person = await createContact(ctx(admin.companyId), { name: "Ana Silva", phone: "+5511987651234" });
  return { admin, salesperson, person };
}

describe("a role to which numbers are hidden", () => {
  test("reads the country and the last digits, in answers, errors and the journal alike", async () => {
    const { salesperson, person, admin } = await masked();
    await updateContact(ctx(admin.companyId), person.id, { phone: "+5511987654321" });
    expect((await salesperson.get(`/v1/contacts/${person.id}`)).json().phone).toBe("+55 ••••• 4321");
    expect((await salesperson.get("/v1/contacts")).json().data[0].phone).toBe("+55 ••••• 4321");
    const timeline = (await salesperson.get(`/v1/contacts/${person.id}/timeline`)).json().data;
    expect(JSON.stringify(timeline)).toContain("+55 ••••• 1234");
    expect((await admin.get(`/v1/contacts/${person.id}`)).json().phone).toBe("+5511987654321");
  });

  test("sends a hidden number back, and the number stays", async () => {
    const { salesperson, admin, person } = await masked();
    const shown = (await salesperson.get(`/v1/contacts/${person.id}`)).json();
    const answer = await salesperson.patch(`/v1/contacts/${person.id}`, { phone: shown.phone, position: "Owner" });
    expect([answer.statusCode, answer.json().phone]).toEqual([200, "+55 ••••• 1234"]);
    const kept = (await admin.get(`/v1/contacts/${person.id}`)).json();
    expect([kept.phone, kept.position]).toEqual(["+5511987651234", "Owner"]);
    const text = await salesperson.patch(`/v1/contacts/${person.id}`, { notes: `ring ${shown.phone} after noon` });
    expect(text.statusCode).toBe(400);
    expect(text.json().detail).toContain("hidden from you");
  });

  test("may write a number down, and finds nobody by one", async () => {
    const { salesperson, admin } = await masked();
    const made = await salesperson.post("/v1/contacts", { name: "Rui", phone: "+5511955554444" });
    expect([made.statusCode, made.json().phone]).toEqual([201, "+55 ••••• 4444"]);
    for (const asked of ["5511987651234", "98765", "12", "Ana 9"])
      expect((await salesperson.get(`/v1/contacts?q=${asked}`)).json().data, asked).toEqual([]);
    expect((await salesperson.get("/v1/contacts?q=Ana")).json().data).toHaveLength(1);
    expect((await admin.get("/v1/contacts?q=98765")).json().data).toHaveLength(1);
  });
});

describe("a table of rows that failed", () => {
  test("hides them too", async () => {
    const { salesperson } = await masked();
    const rows = [["Ana", "+5511987651234 x"]];
    const made = await salesperson.post("/v1/imports", { header: ["name", "phone"], rows });
    const { id } = made.json();
    await db.run(failRows({ companyId: salesperson.companyId, importId: id }));
    const file = await salesperson.get(`/v1/imports/${id}/errors.csv`);
    expect(file.body).toContain("+55 ••••• 1234");
    expect(file.body).not.toContain("98765");
  });
});

const failRows = prepared<{ companyId: number; importId: number }>()(
  (_db, arg) => sql<never>`update import_rows set result = 'failed', reason = 'no number'
    where company_id = ${arg("companyId")}::bigint and import_id = ${arg("importId")}::bigint`,
);
