import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { listOf } from "../../../shared/v1/fields.ts";
import { problemTitles } from "./problem-dialect.ts";

const Problem = Type.Object({ type: Type.String(), title: Type.String() });

/** What the `type` of a problem leads to. */
export function problemRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/problems",
    {
      config: { anonymous: true },
      schema: { summary: "The kinds of problem", tags: ["problems"], response: { 200: listOf(Problem) } },
    },
    async () => ({
      data: Object.entries(problemTitles).map(([kind, title]) => ({ type: `/v1/problems#${kind}`, title })),
    }),
  );
}
