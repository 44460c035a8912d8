import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { deleteContact } from "../../../domain/contacts/delete-contact.ts";
import { getContact } from "../../../domain/contacts/get-contact.ts";
import { updateContact } from "../../../domain/contacts/update-contact.ts";
import type { Ctx } from "../../../domain/context.ts";
import { listContactTags } from "../../../domain/tags/list-tags.ts";
import { replaceContactTags } from "../../../domain/tags/replace-contact-tags.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, Done, hourly } from "../field-schemas.ts";
import { ContactBody, ContactUpdated, OneContact } from "./contact-schemas.ts";
import { parseContact } from "./parse-contact.ts";
import { presentContact } from "./present-contact.ts";

const tags = ["Contacts"];
const config = { hourly: hourly.contacts };

export function contactRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById> }>(
    "/api/crm/contacts/:id",
    { schema: { summary: "Read a contact", tags, params: ById, response: { 200: OneContact } }, config },
    async (request) => {
      const ctx = ctxOf(request);
      const contact = await getContact(ctx, readId(request.params.id, "contact"));
      return { success: true, data: presentContact(contact, await tagNames(ctx, contact.id)) };
    },
  );
  app.put<{ Params: Static<typeof ById>; Body: Static<typeof ContactBody> }>(
    "/api/crm/contacts/:id",
    {
      schema: {
        summary: "Update a contact",
        description: "An absent field stays, null clears; tags given replace all tags.",
        tags,
        params: ById,
        body: ContactBody,
        response: { 200: ContactUpdated },
      },
      config,
    },
    (request) => saveContact(ctxOf(request), readId(request.params.id, "contact"), request.body),
  );
  app.delete<{ Params: Static<typeof ById> }>(
    "/api/crm/contacts/:id",
    { schema: { summary: "Delete a contact", tags, params: ById, response: { 200: Done } }, config },
    async (request) => {
      await deleteContact(ctxOf(request), readId(request.params.id, "contact"));
      return { success: true, message: "Contact deleted successfully" };
    },
  );
}

async function saveContact(ctx: Ctx, contactId: number, body: Static<typeof ContactBody>) {
  return ctx.transact(async (tx) => {
    const { id, name, email, notes } = await updateContact(tx, contactId, parseContact(body));
    const tagged = body.tags === undefined ? await tagNames(tx, id) : await replaceContactTags(tx, id, body.tags);
    return { success: true, data: { _id: String(id), name, email, tags: tagged, notes } };
  });
}

async function tagNames(ctx: Ctx, contactId: number): Promise<string[]> {
  return (await listContactTags(ctx, contactId)).map(({ name }) => name);
}
