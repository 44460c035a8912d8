import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { deleteContact } from "../../../domain/contacts/delete-contact.ts";
import { getContact } from "../../../domain/contacts/get-contact.ts";
import { updateContact } from "../../../domain/contacts/update-contact.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done, pageFields, success } from "../field-schemas.ts";
import { ContactBody, ContactCreated, ContactList, ContactView } from "./contact-schemas.ts";
import { createContactHandler } from "./create-contact-handler.ts";
import { findContacts } from "./find-contacts.ts";
import { parseEdit } from "./parse-contact.ts";
import { presentContact } from "./present-contact.ts";

const tags = ["Contacts"];
const ContactSearch = Type.Object({
  ...pageFields,
  q: Type.Optional(Type.String()),
  search: Type.Optional(Type.String()),
});
const OneContact = Type.Object({ status: Type.String(), data: ContactView });

export function contactRoutes(app: FastifyInstance): void {
  searchRoute(app);
  app.post<{ Body: Static<typeof ContactBody> }>(
    "/api/crm/contact",
    { schema: { summary: "Create a contact", tags, body: ContactBody, response: { 201: ContactCreated } } },
    createContactHandler,
  );
  app.get<{ Params: Static<typeof ById> }>(
    "/api/crm/contact/:id",
    { schema: { summary: "Read a contact", tags, params: ById, response: { 200: OneContact } } },
    async (request) => {
      const contact = await getContact(ctxOf(request), readId(request.params.id, "contact"));
      return { status: "success", data: presentContact(contact) };
    },
  );
  app.put<{ Params: Static<typeof ById>; Body: Static<typeof ContactBody> }>(
    "/api/crm/contact/:id",
    { schema: { summary: "Update a contact", tags, params: ById, body: ContactBody, response: { 200: Done } } },
    async (request) => {
      const ctx = ctxOf(request);
      const contact = await getContact(ctx, readId(request.params.id, "contact"));
      await updateContact(ctx, contact.id, parseEdit(contact, request.body));
      return success("Contact updated successfully");
    },
  );
  app.delete<{ Params: Static<typeof ById> }>(
    "/api/crm/contact/:id",
    { schema: { summary: "Delete a contact", tags, params: ById, response: { 200: Done } } },
    async (request) => {
      await deleteContact(ctxOf(request), readId(request.params.id, "contact"));
      return success("Contact deleted successfully");
    },
  );
}

function searchRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ContactSearch> }>(
    "/api/crm/contacts/search",
    {
      schema: {
        summary: "Search contacts by any part of name, phone, mail or company",
        tags,
        querystring: ContactSearch,
        response: { 200: ContactList },
      },
    },
    (request) =>
      findContacts(ctxOf(request), { ...request.query, search: request.query.q ?? request.query.search ?? "" }),
  );
}
