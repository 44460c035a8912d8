import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getCustomerFile } from "../../../domain/customers/get-customer-file.ts";
import { updateRecord } from "../../../domain/customers/update-record.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById } from "../field-schemas.ts";
import { customerIdIn, idOrNull } from "../read-ids.ts";
import { notForSecretariat } from "../roles.ts";
import { presentFile, presentRecord } from "./present-record.ts";
import { FileView, RecordBody, RecordView } from "./record-schemas.ts";

const tags = ["Customers"];
type Params = Static<typeof ById>;

export function recordRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/customers/:id/record",
    {
      schema: {
        summary: "All there is about a customer; of each list the latest hundred",
        tags,
        params: ById,
        response: { 200: FileView },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      return presentFile(await getCustomerFile(ctx, customerIdIn(request.params.id, "id")), ctx.now());
    },
  );
  app.put<{ Params: Params; Body: Static<typeof RecordBody> }>(
    "/customers/:id/record",
    {
      onRequest: notForSecretariat,
      schema: {
        summary: "Update a customer's record",
        tags,
        params: ById,
        body: RecordBody,
        response: { 200: RecordView },
      },
    },
    async (request) => {
      const id = customerIdIn(request.params.id, "id");
      return presentRecord(await updateRecord(ctxOf(request), id, parseRecord(request.body)));
    },
  );
}

function parseRecord({ assignedSalesId, ...fields }: Static<typeof RecordBody>) {
  const { customerStatus, notes, preferences, followUpAfterDays } = fields;
  const ownerUserId = idOrNull(assignedSalesId, "user", "assignedSalesId");
  return withoutUndefined({ customerStatus, notes, preferences, followUpAfterDays, ownerUserId });
}
