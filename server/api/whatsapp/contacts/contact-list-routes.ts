import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { createContact } from "../../../domain/contacts/create-contact.ts";
import { listContactTags } from "../../../domain/tags/list-tags.ts";
import { ctxOf } from "../../http/request-state.ts";
import { hourly } from "../field-schemas.ts";
import { ContactBody, ContactCreated, ContactList, ContactQuery } from "./contact-schemas.ts";
import { findContacts } from "./find-contacts.ts";
import { parseContact } from "./parse-contact.ts";

const tags = ["Contacts"];
const config = { hourly: hourly.contacts };

/** The two routes of /api/crm/contacts itself, for the mount at which no other dialect shares that path. */
export function contactListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ContactQuery> }>(
    "/api/crm/contacts",
    {
      schema: { summary: "List contacts", tags, querystring: ContactQuery, response: { 200: ContactList } },
      config,
    },
    (request) => findContacts(ctxOf(request), request.query),
  );
  app.post<{ Body: Static<typeof ContactBody> }>(
    "/api/crm/contacts",
    {
      schema: { summary: "Create a contact", tags, body: ContactBody, response: { 201: ContactCreated } },
      config,
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      // As on every surface, somebody written down by hand is a lead from the start.
      const input = { stage: "new" as const, ...parseContact(request.body), tags: request.body.tags ?? [] };
      const { id, name, phone, email, createdAt } = await createContact(ctx, input);
      const tagged = (await listContactTags(ctx, id)).map((tag) => tag.name);
      reply.code(201);
      return {
        success: true,
        data: { _id: String(id), name, phone, email, tags: tagged, accountId: String(ctx.companyId), createdAt },
      };
    },
  );
}
