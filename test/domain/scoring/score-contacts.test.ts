import { describe, expect, test } from "vitest";
import { calculateLeadScore, getLeadScore } from "../../../server/domain/scoring/lead-score.ts";
import { scoreContacts } from "../../../server/domain/scoring/score-contacts.ts";
import { messagesOf } from "../../factories/messages.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

describe("scoring people", () => {
  test("writes score and explanation and tells a changed one", async () => {
    const company = ctx(await createCompany());
    const contactId = await personIn(db, company.companyId, { email: "ana@example.test", company: "Tech" });
    const explained = await calculateLeadScore(company, contactId);
    expect(explained).toMatchObject({ score: 35, band: "cold", breakdown: { email: 20, company: 15, position: 0 } });
    expect(explained.reasons.email).toBe("E-mail address known");
    expect(await getLeadScore(company, contactId)).toEqual(explained);
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ leadScore: 35 });
    expect(await eventsIn(db, company.companyId)).toMatchObject([
      {
        type: "lead.scored",
        contactId,
        before: { leadScore: 0 },
        after: { leadScore: 35 },
        data: { band: "cold", breakdown: { email: 20 } },
      },
    ]);
  });

  test("tells nothing when the score stays", async () => {
    const company = ctx(await createCompany());
    const contactId = await personIn(db, company.companyId, { email: "ana@example.test" });
    await Promise.all(Array.from({ length: 10 }, () => calculateLeadScore(company, contactId)));
    expect(await eventTypes(db, company.companyId)).toEqual(["lead.scored"]);
  });

  test("takes many at once", async () => {
    const company = ctx(await createCompany());
    const one = await personIn(db, company.companyId, { email: "a@example.test" });
    const two = await personIn(db, company.companyId, { position: "CTO" });
    await messagesOf(db, company.companyId, two, [
      { direction: "in", sentAt: "2026-11-20T09:00:00Z", intents: ["pricing"] },
    ]);
    const scored = await company.transact((tx) => scoreContacts(tx, [two, one]));
    expect(scored.map(({ contactId, score }) => [contactId, score])).toEqual([
      [one, 20],
      [two, 35],
    ]);
  });

  test("knows no person of another company", async () => {
    const contactId = await personIn(db, await createCompany());
    const stranger = ctx(await createCompany());
    await expect(calculateLeadScore(stranger, contactId)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(getLeadScore(stranger, contactId)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
  });

  test("explains nothing for a person never scored", async () => {
    const company = ctx(await createCompany());
    const contactId = await personIn(db, company.companyId);
    expect(await getLeadScore(company, contactId)).toEqual({
      contactId,
      score: 0,
      band: "cold",
      breakdown: {},
      reasons: {},
      computedAt: null,
    });
  });
});
