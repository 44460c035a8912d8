import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { CustomerRecord, CustomerRecordPatch } from "../../../../shared/v1/customer.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { CustomerRecord as DomainRecord } from "../../../domain/customers/customer-record.ts";
import { getRecord } from "../../../domain/customers/get-record.ts";
import { getLoyaltyRules, tierOf } from "../../../domain/customers/loyalty-rules.ts";
import { type RecordPatch, updateRecord } from "../../../domain/customers/update-record.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ifMatch } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { presentRecord } from "./present-customer.ts";

const tags = ["customers"];
const unchanged = Type.Null({ description: "You have this version already." });
type Params = Static<typeof ById>;

export function recordRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/contacts/:id/record",
    { schema: { summary: "A person's record", tags, params: ById, response: { 200: CustomerRecord, 304: unchanged } } },
    async (request, reply) => {
      const record = await getRecord(ctxOf(request), idIn(request.params, "contact"));
      return answer(request, reply, record);
    },
  );
  app.patch<{ Params: Params; Body: CustomerRecordPatch }>(
    "/v1/contacts/:id/record",
    {
      schema: {
        summary: "Edit a person's record",
        tags,
        params: ById,
        body: CustomerRecordPatch,
        response: { 200: CustomerRecord },
      },
    },
    async (request, reply) => {
      const id = idIn(request.params, "contact");
      const record = await updateRecord(ctxOf(request), id, parsePatch(request.body), ifMatch(request));
      return answer(request, reply, record);
    },
  );
}

async function answer(request: FastifyRequest, reply: FastifyReply, record: DomainRecord) {
  const tier = tierOf(await getLoyaltyRules(ctxOf(request)), record.loyaltyEarned);
  reply.header("etag", tagOf(record, tier));
  return presentRecord(record, tier);
}

// What the person's own row, the clock and the rules change is no edit of the record, and makes another tag all the same.
function tagOf({ version, lastContactedAt, nextAppointmentAt, ownerUserId }: DomainRecord, tier: string): string {
  const shown = [lastContactedAt, nextAppointmentAt].map((at) => (at === null ? 0 : Date.parse(at)));
  return `"v${version}-${[...shown, ownerUserId ?? 0, encodeURIComponent(tier)].join("-")}"`;
}

function parsePatch(body: CustomerRecordPatch): RecordPatch {
  const { customer_status, notes, preferences, follow_up_after_days, owner_user_id } = body;
  return withoutUndefined({
    customerStatus: customer_status,
    notes,
    preferences,
    followUpAfterDays: follow_up_after_days,
    ownerUserId: owner_user_id,
  });
}
