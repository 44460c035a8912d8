import type { Ctx } from "../../../server/domain/context.ts";
import { emailsOfLead } from "../../../server/domain/leads/lead-emails.ts";
import { callsOfLead, notesOfLead, tasksOfLead } from "../../../server/domain/leads/lead-lists.ts";
import { leadStory } from "../../../server/domain/leads/lead-story.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { searchLeads } from "../../../server/domain/leads/search-leads.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of leads and of what was done in them. */
export const leadCases: ListCase[] = [
  { name: "all leads", read: (ctx) => listLeads(ctx, page), index: "leads_company_id_created_at_idx" },
  {
    name: "leads in a stage",
    read: (ctx) => listLeads(ctx, { ...page, stage: "qualified" }),
    index: "leads_company_id_stage_idx",
  },
  {
    name: "leads whose word means four stages",
    read: (ctx) => listLeads(ctx, { ...page, stages: ["qualified", "sales_qualified", "opportunity", "customer"] }),
    index: "leads_company_id_stage_idx",
  },
  {
    name: "leads from an offset",
    read: (ctx) => listLeads(ctx, { ...page, offset: 200 }),
    index: "leads_company_id_created_at_idx",
  },
  {
    name: "one member's leads",
    read: (ctx) => listLeads(ctx, { ...page, ownerUserId: 1 }),
    index: "leads_company_id_owner_user_id_idx",
  },
  {
    name: "leads of an owner who is no member",
    read: (ctx) => listLeads(ctx, { ...page, ownerName: "Ann Else" }),
    index: "leads_company_id_owner_name_idx",
  },
  {
    name: "leads from a source",
    read: (ctx) => listLeads(ctx, { ...page, source: "Fair" }),
    index: "leads_company_id_source_idx",
  },
  {
    name: "leads found by the number in a person's name",
    read: (ctx) => searchLeads(ctx, { ...page, query: "4711" }),
    index: "leads_company_id_contact_id_idx",
    mostRows: 2_000,
  },
  {
    name: "a lead's mails",
    read: (ctx, contactId) => emailsOfLead(ctx, { id: 1, contactId }, { ...page, offset: 0 }),
    index: "activities_company_id_contact_id_idx",
  },
  {
    name: "a lead's calls",
    read: (ctx, contactId) => callsOfLead(ctx, { id: 1, contactId }, { ...page, offset: 0 }),
    index: "activities_company_id_contact_id_idx",
  },
  {
    name: "a lead's tasks",
    read: (ctx, contactId) => tasksOfLead(ctx, { id: 1, contactId }, { ...page, offset: 0 }),
    index: "tasks_company_id_contact_id_idx",
  },
  {
    name: "a lead's notes",
    read: (ctx, contactId) => notesOfLead(ctx, { id: 1, contactId }, { ...page, offset: 0 }),
    index: "notes_company_id_contact_id_idx",
  },
  { name: "a lead's story", read: storyOf, index: "activities_company_id_lead_id_idx" },
  { name: "a lead's story, of what stands on none", read: storyOf, index: "activities_on_no_lead_idx" },
  { name: "leads with what stands on none", read: (ctx) => listLeads(ctx, page), index: "tasks_on_no_lead_idx" },
  {
    name: "leads of a person",
    read: (ctx, contactId) => listLeads(ctx, { ...page, contactId }),
    index: "leads_company_id_contact_id_idx",
  },
];

async function storyOf(ctx: Ctx, contactId: number): Promise<unknown> {
  const { items } = await listLeads(ctx, { ...page, contactId });
  return leadStory(ctx, { id: items[0]?.id ?? 0, contactId }, { limit: 500 });
}
