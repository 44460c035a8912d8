import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { notFound } from "../../../domain/domain-error.ts";
import { readSimulatedMedia } from "../../../domain/simulator/simulated-media.ts";
import { ctxOf } from "../../http/request-state.ts";

const ByMedia = Type.Object({ id: Type.String({ maxLength: 40 }) });
/** What a browser shows and plays; everything else is only ever saved. */
const shown = /^(image\/(png|jpeg|webp)|audio\/(ogg|mpeg|mp4|aac|amr)|video\/(mp4|3gpp))(;|$)/;

export function simulatorMediaRoute(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ByMedia> }>(
    "/v1/simulator/media/:id",
    {
      schema: {
        summary: "A file as the simulated phone has it",
        tags: ["simulator"],
        params: ByMedia,
        response: { 200: Type.String({ format: "binary", description: "The file's bytes." }) },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const file = await readSimulatedMedia(ctx.db, request.params.id, ctx.companyId);
      if (!file) throw notFound("media", request.params.id);
      const isShown = shown.test(file.mimeType);
      return reply
        .header("cache-control", "private, max-age=86400")
        .header("content-security-policy", "sandbox; default-src 'none'")
        .header("content-disposition", isShown ? "inline" : "attachment")
        .header("x-content-type-options", "nosniff")
        .type(isShown ? file.mimeType : "application/octet-stream")
        .send(file.bytes);
    },
  );
}
