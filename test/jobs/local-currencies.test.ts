import { expect, test } from "vitest";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");

const dealOf = async (phone: string) =>
  (
    await rows(
      db,
      `select d.value, d.currency, l.budget_currency from deals d
       join contacts c on c.company_id = d.company_id and c.id = d.contact_id
       join leads l on l.company_id = d.company_id and l.id = d.lead_id
       where c.company_id = ${companyId} and c.phone like '${phone}'`,
    )
  )[0];

const wants = "Quiero comprar, ¿cuánto cuesta?";

test.each([
  ["5215512345601", `${wants} Mi presupuesto es de 1.500.000 pesos`, "1500000.0000", "MXN"],
  ["573001234502", `${wants} Mi presupuesto es de 1.500.000 pesos`, "1500000.0000", "COP"],
  ["5491123456703", `${wants} Presupuesto: $50.000`, "50000.0000", "ARS"],
  ["5491123456704", `${wants} Presupuesto: US$ 50.000`, "50000.0000", "USD"],
  ["5491123456705", `${wants} Presupuesto: 50.000 dólares`, "50000.0000", "USD"],
  ["639171234506", "I want to buy, what is the price? Our budget is 500,000 pesos", "500000.0000", "PHP"],
  ["639171234507", "I want to buy, what is the price? Our budget is $5,000", "5000.0000", "USD"],
  ["61412345608", "I want to buy, what is the price? Our budget is $5,000", "5000.0000", "AUD"],
  ["525512345609", "I want to buy, what is the price? Our budget is $50,000 pesos", "50000.0000", "MXN"],
  ["919876543610", "I want to buy, what is the price? Our budget is Rs. 2,00,000", "200000.0000", "INR"],
])("of %s who writes “%s”, the deal is worth %s %s", async (phone, text, value, currency) => {
  await deliver(db, textBody({ phone, name: "Ana", text }));
  expect(await dealOf(`%${phone.slice(-8)}`)).toMatchObject({ value, currency, budget_currency: currency });
});

test("pesos from a country without them are the company's own currency", async () => {
  await deliver(db, textBody({ phone: "34612345611", text: `${wants} Mi presupuesto es de 20.000 pesos` }));
  expect(await dealOf("%612345611")).toMatchObject({ currency: "USD", budget_currency: null });
});

test("the country that stands on the person goes before that of the number", async () => {
  await createContact(ctx(companyId), { name: "Eva", phone: "+34612345612" });
  await rows(db, "update contacts set country = 'CL' where phone = '+34612345612'");
  await deliver(db, textBody({ phone: "34612345612", text: `${wants} Mi presupuesto es de 900.000 pesos` }));
  expect(await dealOf("%612345612")).toMatchObject({ currency: "CLP" });
});
