import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { ctxOf } from "../../http/request-state.ts";
import { ContactBody, ContactCreated, ContactList, ContactQuery } from "./contact-schemas.ts";
import { createContactHandler } from "./create-contact-handler.ts";
import { findContacts } from "./find-contacts.ts";

/** The two routes of /api/crm/contacts itself, for the mount at which no other dialect shares that path. */
export function contactListRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ContactQuery> }>(
    "/api/crm/contacts",
    {
      schema: {
        summary: "List contacts",
        tags: ["Contacts"],
        querystring: ContactQuery,
        response: { 200: ContactList },
      },
    },
    (request) => findContacts(ctxOf(request), request.query),
  );
  app.post<{ Body: Static<typeof ContactBody> }>(
    "/api/crm/contacts",
    {
      schema: { summary: "Create a contact", tags: ["Contacts"], body: ContactBody, response: { 201: ContactCreated } },
    },
    createContactHandler,
  );
}
