import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Contact, ContactItem, ContactPatch, ContactQuery, NewContact } from "../../../../shared/v1/contact.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { createContact } from "../../../domain/contacts/create-contact.ts";
import { deleteContact } from "../../../domain/contacts/delete-contact.ts";
import { getContact } from "../../../domain/contacts/get-contact.ts";
import { restoreContact } from "../../../domain/contacts/restore-contact.ts";
import { updateContact } from "../../../domain/contacts/update-contact.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { contactPage } from "./contact-page.ts";
import { parseContactPatch, parseNewContact } from "./parse-contact.ts";
import { presentContact } from "./present-contact.ts";

const tags = ["contacts"];
type Params = Static<typeof ById>;

export function contactRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: ContactQuery }>(
    "/v1/contacts",
    { schema: { summary: "List people", tags, querystring: ContactQuery, response: { 200: pageOf(ContactItem) } } },
    (request, reply) => contactPage(request, reply, request.query),
  );
  app.get<{ Params: Params }>(
    "/v1/contacts/:id",
    { schema: { summary: "One person", tags, params: ById, response: { 200: Contact } } },
    async (request, reply) =>
      tagged(reply, presentContact(await getContact(ctxOf(request), idIn(request.params, "contact")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewContact }>(
    "/v1/contacts",
    { schema: { summary: "Add a person", tags, body: NewContact, response: { 201: Contact } } },
    async (request, reply) => {
      const contact = await createContact(ctxOf(request), parseNewContact(request.body));
      return created(reply, "/v1/contacts", presentContact(contact));
    },
  );
  app.patch<{ Params: Params; Body: ContactPatch }>(
    "/v1/contacts/:id",
    { schema: { summary: "Edit a person", tags, params: ById, body: ContactPatch, response: { 200: Contact } } },
    async (request, reply) => {
      const id = idIn(request.params, "contact");
      const patch = parseContactPatch(request.body);
      return tagged(reply, presentContact(await updateContact(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/contacts/:id",
    { schema: { summary: "Delete a person", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteContact(ctxOf(request), idIn(request.params, "contact"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/contacts/:id/restore",
    { schema: { summary: "Bring a deleted person back", tags, params: ById, response: { 200: Contact } } },
    async (request, reply) =>
      tagged(reply, presentContact(await restoreContact(ctxOf(request), idIn(request.params, "contact")))),
  );
}
