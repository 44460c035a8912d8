import type { FastifyInstance } from "fastify";
import { CustomerQuery, DueCustomer, DueQuery, FollowUpQuery, ListedCustomer } from "../../../../shared/v1/customer.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { listCustomers } from "../../../domain/customers/list-customers.ts";
import { listDueCustomers } from "../../../domain/customers/list-due-customers.ts";
import { listFollowUps } from "../../../domain/customers/list-follow-ups.ts";
import { listRepeatCustomers } from "../../../domain/customers/list-repeat-customers.ts";
import { rebookingProposals } from "../../../domain/rebooking/rebooking-proposal.ts";
import { sendOriginOf } from "../../../domain/sends/send-origin-of.ts";
import { ctxOf } from "../../http/request-state.ts";
import {
  cursorParts,
  cursorWord,
  foreignCursor,
  idCursor,
  limitOf,
  nullableTimeCursor,
  presentPage,
} from "../pages.ts";
import { presentCustomer, presentDueCustomer } from "./present-customer.ts";

const tags = ["customers"];

/** Whom to think of: who comes often, whom nobody spoke to, whose time has come. */
export function customerListRoutes(app: FastifyInstance): void {
  everybodyRoute(app);
  repeatRoute(app);
  followUpRoute(app);
  dueRoute(app);
}

function everybodyRoute(app: FastifyInstance): void {
  app.get<{ Querystring: CustomerQuery }>(
    "/v1/customers",
    {
      schema: {
        summary: "Who has a customer record, newest people first",
        tags,
        querystring: CustomerQuery,
        response: { 200: pageOf(ListedCustomer) },
      },
    },
    async (request, reply) => {
      const { owner_user_id: ownerUserId, cursor } = request.query;
      const { items, next } = await listCustomers(ctxOf(request), {
        ...withoutUndefined({ ownerUserId }),
        limit: limitOf(request.query),
        ...idCursor("customers", cursor),
      });
      const page = { items, next: cursorWord("customers", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentCustomer);
    },
  );
}

function repeatRoute(app: FastifyInstance): void {
  app.get<{ Querystring: CustomerQuery }>(
    "/v1/customers/repeat",
    {
      schema: {
        summary: "Who came more than once, most often first",
        tags,
        querystring: CustomerQuery,
        response: { 200: pageOf(ListedCustomer) },
      },
    },
    async (request, reply) => {
      const { owner_user_id: ownerUserId, cursor } = request.query;
      const { items, next } = await listRepeatCustomers(ctxOf(request), {
        ...withoutUndefined({ ownerUserId }),
        limit: limitOf(request.query),
        ...repeatCursor(cursor),
      });
      const page = { items, next: cursorWord("repeat", next && [next.completed, next.id]) };
      return presentPage(request, reply, page, presentCustomer);
    },
  );
}

function followUpRoute(app: FastifyInstance): void {
  app.get<{ Querystring: FollowUpQuery }>(
    "/v1/customers/follow-up",
    {
      schema: {
        summary: "Who was never contacted, or not for long",
        tags,
        querystring: FollowUpQuery,
        response: { 200: pageOf(ListedCustomer) },
      },
    },
    async (request, reply) => {
      const { owner_user_id: ownerUserId, days_threshold: daysThreshold, cursor } = request.query;
      const list = `follow-up.${daysThreshold ?? "own"}`;
      const { items, next } = await listFollowUps(ctxOf(request), {
        ...withoutUndefined({ ownerUserId, daysThreshold }),
        limit: limitOf(request.query),
        ...nullableTimeCursor(list, cursor),
      });
      const page = { items, next: cursorWord(list, next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentCustomer);
    },
  );
}

function dueRoute(app: FastifyInstance): void {
  app.get<{ Querystring: DueQuery }>(
    "/v1/customers/due",
    {
      schema: {
        summary: "Whose time to come again has begun by their own rhythm",
        tags,
        querystring: DueQuery,
        response: { 200: pageOf(DueCustomer) },
      },
    },
    async (request, reply) => {
      const { owner_user_id: ownerUserId, state, cursor } = request.query;
      const list = `due.${state ?? "all"}`;
      const { items, next } = await listDueCustomers(ctxOf(request), {
        ...withoutUndefined({ ownerUserId, state }),
        limit: limitOf(request.query),
        ...dueCursor(list, cursor),
      });
      const page = { items, next: cursorWord(list, next && [next.on, next.id]) };
      const asked = request.query.proposals === "false" ? [] : items.map(({ contactId }) => contactId);
      const ctx = ctxOf(request);
      const proposals = await rebookingProposals(ctx, asked, { origin: sendOriginOf(ctx) });
      return presentPage(request, reply, page, (customer) =>
        presentDueCustomer(customer, proposals.get(customer.contactId)),
      );
    },
  );
}

function repeatCursor(word: string | undefined): { cursor?: { completed: number; id: number } } {
  if (word === undefined) return {};
  const { key, id } = cursorParts("repeat", word);
  if (typeof key !== "number" || !Number.isInteger(key) || key < 0 || key > 2_147_483_647) throw foreignCursor();
  return { cursor: { completed: key, id } };
}

function dueCursor(list: string, word: string | undefined): { cursor?: { on: string; id: number } } {
  if (word === undefined) return {};
  const { key, id } = cursorParts(list, word);
  if (typeof key !== "string" || !/^\d{4}-\d\d-\d\d$/.test(key) || Number.isNaN(Date.parse(key))) throw foreignCursor();
  return { cursor: { on: key, id } };
}
