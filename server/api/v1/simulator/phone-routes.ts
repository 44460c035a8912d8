import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import {
  SimulatedPhone,
  SimulatedPhonePatch,
  SimulatedThread,
  SimulatedThreadQuery,
} from "../../../../shared/v1/simulator.ts";
import { listPhoneMessages } from "../../../domain/simulator/phone-messages.ts";
import { readOnPhone } from "../../../domain/simulator/read-messages.ts";
import { findPhone, getPhone, lockPhone, switchPhone } from "../../../domain/simulator/simulated-phone.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { parsePhoneKeys } from "./parse-sender.ts";
import { presentPhone, presentPhoneMessage } from "./present-simulator.ts";

const tags = ["simulator"];
const ByPhone = Type.Object({ phone: Type.String({ maxLength: 200 }) });
type Params = Static<typeof ByPhone>;

export function phoneRoutes(app: FastifyInstance): void {
  threadRoute(app);
  readingRoute(app);
  switchRoute(app);
}

function threadRoute(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof SimulatedThreadQuery> }>(
    "/v1/simulator/phones/:phone/messages",
    {
      schema: {
        summary: "What stands on a simulated phone, newest first; empty for a phone that nobody has used",
        tags,
        params: ByPhone,
        querystring: SimulatedThreadQuery,
        response: { 200: SimulatedThread },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const phone = await findPhone(ctx, parsePhoneKeys(request.params.phone));
      const { cursor: before } = idCursor("simulated_messages", request.query.cursor);
      const { items, next } = phone
        ? await listPhoneMessages(ctx, { phoneId: phone.id, limit: limitOf(request.query), before })
        : { items: [], next: null };
      const page = { items, next: cursorWord("simulated_messages", next === null ? null : [null, next]) };
      return { phone: presentPhone(phone, ctx.now()), ...presentPage(request, reply, page, presentPhoneMessage) };
    },
  );
}

function readingRoute(app: FastifyInstance): void {
  app.post<{ Params: Params }>(
    "/v1/simulator/phones/:phone/read",
    {
      schema: {
        summary: "The customer looks at what has arrived: it counts as read",
        tags,
        params: ByPhone,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const phone = await getPhone(ctx, parsePhoneKeys(request.params.phone));
      await readOnPhone(ctx, phone.id);
      return reply.code(204).send();
    },
  );
}

function switchRoute(app: FastifyInstance): void {
  app.patch<{ Params: Params; Body: SimulatedPhonePatch }>(
    "/v1/simulator/phones/:phone",
    {
      schema: {
        summary: "Switch a simulated phone off: WhatsApp finds nobody there (131026)",
        tags,
        params: ByPhone,
        body: SimulatedPhonePatch,
        response: { 200: SimulatedPhone },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const keys = parsePhoneKeys(request.params.phone);
      const { name = request.params.phone, switched_off: off } = request.body;
      return ctx.transact(async (tx) => {
        await lockPhone(tx, { ...keys, name });
        await switchPhone(tx, keys, { off });
        return presentPhone(await getPhone(tx, keys), tx.now());
      });
    },
  );
}
