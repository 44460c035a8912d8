import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { listOf } from "../../../../shared/v1/fields.ts";
import { NewPipeline, Pipeline, PipelinePatch } from "../../../../shared/v1/pipeline.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getPipeline, listPipelines } from "../../../domain/deals/list-pipelines.ts";
import { archivePipeline, createPipeline, updatePipeline } from "../../../domain/deals/write-pipeline.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { presentPipeline } from "./present-pipeline.ts";

const tags = ["pipelines"];
type Params = Static<typeof ById>;

export function pipelineRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/pipelines",
    { schema: { summary: "All pipelines with their stages", tags, response: { 200: listOf(Pipeline) } } },
    async (request) => ({ data: (await listPipelines(ctxOf(request))).map(presentPipeline) }),
  );
  app.get<{ Params: Params }>(
    "/v1/pipelines/:id",
    { schema: { summary: "One pipeline", tags, params: ById, response: { 200: Pipeline } } },
    async (request) => presentPipeline(await getPipeline(ctxOf(request), idIn(request.params, "pipeline"))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: Static<typeof NewPipeline> }>(
    "/v1/pipelines",
    {
      config: forManagers,
      schema: { summary: "Make a pipeline", tags, body: NewPipeline, response: { 201: Pipeline } },
    },
    async (request, reply) => {
      const { name, position, stages } = request.body;
      const pipeline = await createPipeline(ctxOf(request), { name, ...withoutUndefined({ position, stages }) });
      reply.code(201).header("location", `/v1/pipelines/${pipeline.id}`);
      return presentPipeline(pipeline);
    },
  );
  app.patch<{ Params: Params; Body: Static<typeof PipelinePatch> }>(
    "/v1/pipelines/:id",
    {
      config: forManagers,
      schema: { summary: "Edit a pipeline", tags, params: ById, body: PipelinePatch, response: { 200: Pipeline } },
    },
    async (request) => {
      const { name, position, is_default: isDefault } = request.body;
      const id = idIn(request.params, "pipeline");
      return presentPipeline(await updatePipeline(ctxOf(request), id, withoutUndefined({ name, position, isDefault })));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/pipelines/:id",
    {
      config: forManagers,
      schema: { summary: "Put a pipeline away", tags, params: ById, response: { 204: noContent } },
    },
    async (request, reply) => {
      await archivePipeline(ctxOf(request), idIn(request.params, "pipeline"));
      reply.code(204);
    },
  );
}
