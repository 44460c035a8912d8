import type { FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { createContact } from "../../../domain/contacts/create-contact.ts";
import { ctxOf } from "../../http/request-state.ts";
import { success } from "../field-schemas.ts";
import type { ContactBody } from "./contact-schemas.ts";
import { parseContact } from "./parse-contact.ts";

/** A contact of this surface is a lead from the start. */
export async function createContactHandler(
  request: FastifyRequest<{ Body: Static<typeof ContactBody> }>,
  reply: FastifyReply,
) {
  const { id } = await createContact(ctxOf(request), { stage: "new", ...parseContact(request.body) });
  reply.code(201);
  return { ...success("Contact created successfully"), contact_id: `contact_${id}` };
}
