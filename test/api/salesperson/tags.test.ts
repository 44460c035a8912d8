import { expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { count } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();

async function withCustomer() {
  const me = await salespersonCaller(app);
  const { id } = await createContact(me.ctx, { name: "Ana" });
  const ofCompany = `company_id = ${me.companyId}`;
  return {
    me,
    put: (body: object) => me.post(`/crm/customers/${id}/tags`, body),
    told: () => count(app.db, `events where ${ofCompany} and type = 'contact.tagged'`),
    rows: () => count(app.db, `contact_tags where ${ofCompany}`),
  };
}

test("a tag that a customer has already is given as it stands, with 200, and is neither written nor told again", async () => {
  const { put, told, rows } = await withCustomer();
  const first = await put({ tagId: "vip-tag-id", notes: "Spent over $5000 in last 6 months" });
  expect(first.status).toBe(201);
  for (const body of [
    { tagId: "vip-tag-id", notes: "Spent over $5000 in last 6 months" },
    { tagId: first.body.tagId },
    { tagId: "VIP", notes: "" },
  ])
    expect(await put(body)).toMatchObject({ status: 200, body: first.body });
  expect([await rows(), await told()]).toEqual([1, 1]);
});

test("new notes on a tag that is there are written and told", async () => {
  const { put, told, rows } = await withCustomer();
  const first = await put({ tagId: "VIP", notes: "Old" });
  expect(await put({ tagId: "VIP", notes: "New" })).toMatchObject({
    status: 200,
    body: { ...first.body, notes: "New" },
  });
  expect([await rows(), await told()]).toEqual([1, 2]);
});

test("of ten who put one tag on a customer at once, one has put it", async () => {
  const { put, told, rows } = await withCustomer();
  await put({ tagId: "Other" });
  const answers = await Promise.all(Array.from({ length: 10 }, () => put({ tagId: "VIP" })));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
  expect([await rows(), await told()]).toEqual([2, 2]);
});
