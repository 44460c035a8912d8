import { describe, expect, test } from "vitest";
import { changePeopleStages } from "../../../server/domain/leads/change-people-stages.ts";
import { findOpenLead } from "../../../server/domain/leads/get-lead.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

describe("changing the stages of many people", () => {
  test("moves each with their lead, wherever they stand, and leaves alone who stands there already", async () => {
    const own = ctx(await createCompany());
    const [fresh, there, returning, leadless] = await Promise.all([
      personIn(db, own.companyId),
      personIn(db, own.companyId, { stage: "qualified" }),
      personIn(db, own.companyId, { stage: "lost" }),
      personIn(db, own.companyId),
    ]);
    const stranger = await personIn(db, await createCompany());
    await own.transact((tx) => openLead(tx, { contactId: fresh, stage: "new" }));
    await own.transact((tx) => openLead(tx, { contactId: there, stage: "qualified" }));
    const wanted = [fresh, there, returning, leadless, stranger].map((contactId) => ({
      ...{ contactId, stage: "qualified" as const, reason: "asked to buy" },
    }));
    const { people, changes } = await own.transact((tx) => changePeopleStages(tx, wanted));
    expect(people).toBe(4);
    expect(changes.map(({ before }) => before)).toEqual(["new", "lost", "new"]);
    for (const contactId of [fresh, there, returning, leadless]) {
      expect(await personRow(db, own.companyId, contactId)).toMatchObject({ stage: "qualified" });
    }
    expect(await findOpenLead(own, returning)).toMatchObject({ stage: "qualified" });
    expect(await findOpenLead(own, leadless)).toBeUndefined();
    const told = (await eventsIn(db, own.companyId)).filter(({ type }) => type === "lead.stage_changed");
    expect(told.map(({ contactId }) => contactId)).toEqual([fresh, returning, leadless]);
    expect(told[0]).toMatchObject({
      before: { stage: "new" },
      after: { stage: "qualified" },
      data: { reason: "asked to buy" },
    });
  });
});
