import { describe, expect, test } from "vitest";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { getPipeline, listPipelines } from "../../../server/domain/deals/list-pipelines.ts";
import type { Pipeline } from "../../../server/domain/deals/pipeline.ts";
import { archivePipeline, createPipeline, updatePipeline } from "../../../server/domain/deals/write-pipeline.ts";
import { addStage, deleteStage, updateStage } from "../../../server/domain/deals/write-stage.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function withPipeline() {
  const company = ctx(await createCompany());
  const stages = [
    { name: "Enquiry", stage: "prospecting" as const },
    { name: "Booked", stage: "closed_won" as const },
  ];
  return { company, pipeline: await createPipeline(company, { name: "Clinic", stages }) };
}

function names(pipeline: Pipeline): string[] {
  return pipeline.stages.map((stage) => stage.name);
}

describe("pipelines", () => {
  test("begin with the default one and its six stages", async () => {
    const company = ctx(await createCompany());
    const [pipeline, ...others] = await listPipelines(company);
    expect(others).toEqual([]);
    expect(pipeline).toMatchObject({ name: "Sales", isDefault: true });
    expect(pipeline?.stages.map((stage) => [stage.stage, stage.probability])).toEqual([
      ["prospecting", 10],
      ["qualification", 25],
      ["proposal", 50],
      ["negotiation", 75],
      ["closed_won", 100],
      ["closed_lost", 0],
    ]);
  });

  test("take the usual probabilities for their stages", async () => {
    const { pipeline } = await withPipeline();
    expect(pipeline.stages).toMatchObject([
      { name: "Enquiry", probability: 10, position: 0 },
      { name: "Booked", probability: 100, position: 1 },
    ]);
  });

  test("hand the default on, so that there is always exactly one, whoever else wants it", async () => {
    const { company, pipeline } = await withPipeline();
    const third = await createPipeline(company, { name: "Third" });
    await Promise.all([
      updatePipeline(company, pipeline.id, { isDefault: true }),
      updatePipeline(company, third.id, { isDefault: true, name: "3rd" }),
    ]);
    expect((await listPipelines(company)).filter((each) => each.isDefault)).toHaveLength(1);
  });

  test("go away only without open deals and not as the default", async () => {
    const { company, pipeline } = await withPipeline();
    const contactId = await personIn(db, company.companyId);
    await createDeal(company, { contactId, title: "a", pipelineId: pipeline.id });
    await expect(archivePipeline(company, pipeline.id)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    const [standard] = await listPipelines(company);
    await expect(archivePipeline(company, standard?.id ?? 0)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    const empty = await createPipeline(company, { name: "Empty" });
    await archivePipeline(company, empty.id);
    await expect(getPipeline(company, empty.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
  });

  test("refuse bad names, no stages and another company's caller", async () => {
    const { company, pipeline } = await withPipeline();
    await expect(createPipeline(company, { name: " " })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
    await expect(createPipeline(company, { name: "a", stages: [] })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    const stranger = ctx(await createCompany());
    await expect(updatePipeline(stranger, pipeline.id, { name: "mine" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    await expect(addStage(stranger, pipeline.id, { name: "x", stage: "proposal" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
  });
});

describe("the stages of a pipeline", () => {
  test("are added in their place, moved and renamed", async () => {
    const { company, pipeline } = await withPipeline();
    const added = await addStage(company, pipeline.id, { name: "Offer", stage: "proposal", position: 1 });
    expect(names(added)).toEqual(["Enquiry", "Offer", "Booked"]);
    const stageId = added.stages[2]?.id ?? 0;
    const moved = await updateStage(company, { pipelineId: pipeline.id, stageId }, { position: 0, name: "Won" });
    expect(names(moved)).toEqual(["Won", "Enquiry", "Offer"]);
    expect(moved.stages.map((stage) => stage.position)).toEqual([0, 1, 2]);
  });

  test("each find their place when five are added at once", async () => {
    const { company, pipeline } = await withPipeline();
    const add = (name: string) => addStage(company, pipeline.id, { name, stage: "proposal", position: 1 });
    await Promise.all(["a", "b", "c", "d", "e"].map(add));
    const { stages } = await getPipeline(company, pipeline.id);
    expect(stages.map((stage) => stage.position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(stages.at(-1)).toMatchObject({ name: "Booked" });
  });

  test("never go away under a deal that is being put on them", async () => {
    const { company, pipeline } = await withPipeline();
    const contactId = await personIn(db, company.companyId);
    const stageId = pipeline.stages[1]?.id ?? 0;
    const [deal, deletion] = await Promise.allSettled([
      createDeal(company, { contactId, title: "a", stageId }),
      deleteStage(company, { pipelineId: pipeline.id, stageId }),
    ]);
    expect([deal.status, deletion.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    for (const outcome of [deal, deletion]) {
      if (outcome.status === "rejected") expect(outcome.reason).toHaveProperty("refusal");
    }
  });

  test("stay while deals stand on them", async () => {
    const { company, pipeline } = await withPipeline();
    const contactId = await personIn(db, company.companyId);
    await createDeal(company, { contactId, title: "a", pipelineId: pipeline.id });
    const [enquiry, booked] = pipeline.stages;
    const busy = { pipelineId: pipeline.id, stageId: enquiry?.id ?? 0 };
    await expect(deleteStage(company, busy)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    expect(names(await deleteStage(company, { ...busy, stageId: booked?.id ?? 0 }))).toEqual(["Enquiry"]);
    await expect(deleteStage(company, busy)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
  });
});
