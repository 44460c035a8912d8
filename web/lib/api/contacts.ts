import { queryOptions } from "@tanstack/react-query";
import type { Stage } from "../../../shared/stages.ts";
import type { Contact } from "../../../shared/v1/contact.ts";
import type { Lead, LeadScore } from "../../../shared/v1/lead.ts";
import type { ContactTag } from "../../../shared/v1/tag.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const cardPollMs = 5_000;

export function contactQuery(id: number) {
  return queryOptions({
    queryKey: ["contacts", id, "card"],
    queryFn: ({ signal }) => request<Contact>(apiPaths.contact(id), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

const choices = 20;

/** The first few people who have the words in name, number, mail or company. */
export async function findContacts(q: string, signal: AbortSignal): Promise<Contact[]> {
  return (await request<Page<Contact>>(apiPaths.contacts({ q, limit: choices }), { signal })).data;
}

export function scoreQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "score"],
    queryFn: ({ signal }) => request<LeadScore>(apiPaths.contactScore(contactId), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

export function contactTagsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "tags"],
    queryFn: ({ signal }) => request<{ data: ContactTag[] }>(apiPaths.contactTags(contactId), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

/** What the person asks for; the newest first. */
export function leadsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "leads"],
    queryFn: ({ signal }) => request<Page<Lead>>(apiPaths.leads({ contact_id: contactId, limit: 1 }), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

/** Refused with 412 when the person was changed since `version`. */
export function setStage(contact: Contact, stage: Stage): Promise<Contact> {
  return request(apiPaths.contact(contact.id), { method: "PATCH", body: { stage }, ifMatch: `"v${contact.version}"` });
}
