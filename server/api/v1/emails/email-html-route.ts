import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import type { AttachmentFiles } from "../../../domain/attachments/attachment-files.ts";
import { getEmail } from "../../../domain/email/get-email.ts";
import { sanitiseMail } from "../../../domain/mail-intake/sanitise-mail.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { withOwnPictures } from "./with-own-pictures.ts";

const Query = Type.Object({ images: Type.Optional(Type.Union([Type.Literal("blocked"), Type.Literal("shown")])) });

type Route = { Params: Static<typeof ById>; Querystring: Static<typeof Query> };

/** A mail's HTML as a page of its own, for a frame: cleaned, and boxed in by the browser besides. */
export function emailHtmlRoute(app: FastifyInstance, files: AttachmentFiles): void {
  app.get<Route>(
    "/v1/emails/:id/html",
    {
      schema: {
        summary: "A mail's HTML, cleaned, as a page for a frame; its pictures only with images=shown",
        tags: ["e-mail"],
        params: ById,
        querystring: Query,
        response: { 200: { content: { "text/html": { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { messageId, html, text } = await getEmail(ctx, idIn(request.params, "email"));
      const { images = "blocked" } = request.query;
      const cleaned = html === null ? `<pre>${escaped(text ?? "")}</pre>` : await sanitiseMail(html, { images });
      const shown = await withOwnPictures(ctx, files, { messageId, cleaned });
      reply.header("content-security-policy", policy(images)).header("x-content-type-options", "nosniff");
      reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer");
      return reply
        .type("text/html; charset=utf-8")
        .send(`<!doctype html><meta charset="utf-8"><title>E-mail</title>${shown}`);
    },
  );
}

// Even what slipped through the cleaning could run nothing, load nothing, send nothing.
function policy(images: "blocked" | "shown"): string {
  const pictures = images === "shown" ? "data: https:" : "data:";
  return `default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
