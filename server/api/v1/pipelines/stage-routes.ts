import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { NewStage, Pipeline, StagePatch } from "../../../../shared/v1/pipeline.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { addStage, deleteStage, updateStage } from "../../../domain/deals/write-stage.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ById, idIn } from "../path-params.ts";
import { presentPipeline } from "./present-pipeline.ts";

const tags = ["pipelines"];
const ByBoth = Type.Object({ id: Type.String({ maxLength: 40 }), stage_id: Type.String({ maxLength: 40 }) });
type Place = Static<typeof ByBoth>;

/** The stages of a pipeline; each edit answers with the whole pipeline. */
export function stageRoutes(app: FastifyInstance): void {
  addRoute(app);
  editRoutes(app);
}

function addRoute(app: FastifyInstance): void {
  app.post<{ Params: Static<typeof ById>; Body: NewStage }>(
    "/v1/pipelines/:id/stages",
    {
      config: forManagers,
      schema: { summary: "Add a stage", tags, params: ById, body: NewStage, response: { 201: Pipeline } },
    },
    async (request, reply) => {
      const { name, stage, probability, position } = request.body;
      const input = { name, stage, ...withoutUndefined({ probability, position }) };
      reply.code(201);
      return presentPipeline(await addStage(ctxOf(request), idIn(request.params, "pipeline"), input));
    },
  );
}

function editRoutes(app: FastifyInstance): void {
  app.patch<{ Params: Place; Body: Static<typeof StagePatch> }>(
    "/v1/pipelines/:id/stages/:stage_id",
    {
      config: forManagers,
      schema: {
        summary: "Rename or move a stage",
        tags,
        params: ByBoth,
        body: StagePatch,
        response: { 200: Pipeline },
      },
    },
    async (request) => {
      const { name, probability, position } = request.body;
      const patch = withoutUndefined({ name, probability, position });
      return presentPipeline(await updateStage(ctxOf(request), placeOf(request.params), patch));
    },
  );
  app.delete<{ Params: Place }>(
    "/v1/pipelines/:id/stages/:stage_id",
    {
      config: forManagers,
      schema: { summary: "Delete a stage on which no deal stands", tags, params: ByBoth, response: { 200: Pipeline } },
    },
    async (request) => presentPipeline(await deleteStage(ctxOf(request), placeOf(request.params))),
  );
}

function placeOf(params: Place): { pipelineId: number; stageId: number } {
  return { pipelineId: idIn(params, "pipeline"), stageId: readId(params.stage_id, "stage") };
}
