import { afterEach, expect, test, vi } from "vitest";
import { rollupsCheckCommand, rollupsRebuildCommand } from "../../server/cli/rollups-command.ts";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const printed = vi.spyOn(console, "log").mockImplementation(() => {});
afterEach(() => printed.mockClear());

function output(): string {
  return printed.mock.calls.map((call) => call.join(" ")).join("\n");
}

test("rollups check finds what rollups rebuild mends", async () => {
  const companyId = await createCompany("acme");
  await createCompany("other");
  await createContact(ctx(companyId), { name: "Ana" });
  expect(await rollupsCheckCommand(db, [])).toBe(0);
  expect(output()).toBe("acme: equal to a recount\nother: equal to a recount");
  await rows(db, `delete from traffic_rollups where company_id = ${companyId}`);
  expect(await rollupsCheckCommand(db, ["--company", "other"])).toBe(0);
  expect(await rollupsCheckCommand(db, ["--company", "acme"])).toBe(1);
  expect(output()).toContain(
    "acme: differs from a recount (totals 0, buckets of traffic 2, days of activity 0, days of sales 0)",
  );
  expect(await rollupsRebuildCommand(db, [])).toBe(0);
  expect(await rollupsCheckCommand(db, [])).toBe(0);
});

test("a company that is not there is said", async () => {
  expect(await rollupsCheckCommand(db, ["--company", "nobody"])).toBe(1);
  expect(output()).toBe('No company "nobody".');
});
