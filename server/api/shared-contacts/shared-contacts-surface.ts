import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import type { Db } from "../../db/connection.ts";
import { createContact } from "../../domain/contacts/create-contact.ts";
import { listContactTags } from "../../domain/tags/list-tags.ts";
import type { Gate, OpenDoor } from "../http/authenticate-request.ts";
import { authoriseByRole, requireSubscriptionToRead } from "../http/authorise-by-method.ts";
import { cleanInput } from "../http/clean-input.ts";
import { takeHour } from "../http/hourly-quota.ts";
import { onlyJson } from "../http/only-json.ts";
import { ctxOf, principalOf } from "../http/request-state.ts";
import { requireSynced } from "../http/require-synced.ts";
import { registerSurface } from "../http/surface.ts";
import { findSharedContacts, namesWhatsapp, speaksChatbot } from "./find-shared-contacts.ts";
import { parseSharedContact } from "./parse-shared-contact.ts";
import { presentSharedContact } from "./present-shared-contact.ts";
import {
  SharedContactBody,
  SharedContactCreated,
  SharedContactList,
  SharedContactQuery,
} from "./shared-contact-schemas.ts";
import { sharedContactsDialect } from "./shared-contacts-dialect.ts";

export type SharedContactsOptions = { db: Db; gate: Gate; openChatbot?: OpenDoor };

/** /api/crm/contacts at the root: the one path that two documents share, answered with the union of both. */
export async function sharedContactsSurface(app: FastifyInstance, options: SharedContactsOptions): Promise<void> {
  const { db, gate, openChatbot } = options;
  await registerSurface(app, {
    name: "shared-contacts",
    title: "Rapport: /api/crm/contacts",
    description: "The path that the chatbot and whatsapp dialects share. Items carry the fields of both.",
    dialect: sharedContactsDialect,
    db,
    gate,
    ...(openChatbot ? { openDoor: openChatbot } : {}),
    // Nobody knows which dialect a caller of an unknown address speaks.
    notFoundPrefix: "/api/crm",
    routes: (scope) => routes(scope, gate),
  });
}

type ListQuery = Static<typeof SharedContactQuery>;

/** As whatsapp's document limits it, together with its own contact routes. */
const contactsOfWhatsapp = { resource: "contacts", perHour: 500 };

function routes(app: FastifyInstance, gate: Gate): void {
  onlyJson(app);
  app.addHook("onRequest", authoriseByRole);
  app.addHook("onRequest", requireSubscriptionToRead);
  app.addHook("preValidation", cleanInput);
  const tags = ["Contacts"];
  const demands = whatsappDemands(gate);
  app.get<{ Querystring: ListQuery }>(
    "/api/crm/contacts",
    {
      schema: { summary: "List contacts", tags, querystring: SharedContactQuery, response: { 200: SharedContactList } },
      preHandler: demands.ofList,
    },
    (request) => findSharedContacts(ctxOf(request), request.query),
  );
  app.post<{ Body: Static<typeof SharedContactBody> }>(
    "/api/crm/contacts",
    {
      schema: { summary: "Create a contact", tags, body: SharedContactBody, response: { 201: SharedContactCreated } },
      preHandler: demands.ofCreating,
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const contact = await createContact(ctx, { stage: "new", ...parseSharedContact(request.body) });
      const tagNames = (await listContactTags(ctx, contact.id)).map((tag) => tag.name);
      reply.code(201);
      return {
        status: "success",
        success: true,
        message: "Contact created successfully",
        contact_id: `contact_${contact.id}`,
        data: { ...presentSharedContact(contact), tags: tagNames, accountId: String(ctx.companyId) },
      };
    },
  );
}

function whatsappDemands(gate: Gate) {
  const waitForSync = requireSynced();
  const takeHours = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    // Who comes through the open door runs the samples of chatbot's document.
    if (principalOf(request).actor.kind !== "open") await takeHour(gate, contactsOfWhatsapp, request, reply);
  };
  return {
    /** chatbot's document knows neither an hourly limit nor a sync; a bare request may come from a company that uses nothing else. */
    ofList: async (request: FastifyRequest<{ Querystring: ListQuery }>, reply: FastifyReply): Promise<void> => {
      if (!speaksChatbot(request.query)) await takeHours(request, reply);
      if (namesWhatsapp(request.query)) await waitForSync(request);
    },
    /** Only whatsapp's document creates people here. */
    ofCreating: async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      await takeHours(request, reply);
      await waitForSync(request);
    },
  };
}
