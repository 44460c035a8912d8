import { wordOfRank } from "../../bench/fill/spoken-text.ts";
import { listActivities } from "../../server/domain/activities/list-activities.ts";
import { countContacts } from "../../server/domain/contacts/count-contacts.ts";
import { listContacts } from "../../server/domain/contacts/list-contacts.ts";
import { searchContacts } from "../../server/domain/contacts/search-contacts.ts";
import { topContacts } from "../../server/domain/contacts/top-contacts.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { listConversations } from "../../server/domain/conversations/list-conversations.ts";
import { listMessages } from "../../server/domain/conversations/list-messages.ts";
import { pageConversations } from "../../server/domain/conversations/page-conversations.ts";
import { pageMessages } from "../../server/domain/conversations/page-messages.ts";
import { listDeals } from "../../server/domain/deals/list-deals.ts";
import { listPipelines } from "../../server/domain/deals/list-pipelines.ts";
import { searchDeals } from "../../server/domain/deals/search-deals.ts";
import { listEvents } from "../../server/domain/events/list-events.ts";
import { listTimeline } from "../../server/domain/events/list-timeline.ts";
import { emailsOfLead } from "../../server/domain/leads/lead-emails.ts";
import { callsOfLead, notesOfLead, tasksOfLead } from "../../server/domain/leads/lead-lists.ts";
import { leadStory } from "../../server/domain/leads/lead-story.ts";
import { listLeads } from "../../server/domain/leads/list-leads.ts";
import { searchLeads } from "../../server/domain/leads/search-leads.ts";
import { listOrganizations } from "../../server/domain/organizations/list-organizations.ts";
import { recentCounts } from "../../server/domain/rollups/recent-counts.ts";
import { trafficByDay } from "../../server/domain/rollups/traffic-by-day.ts";
import { factsOf } from "../../server/domain/scoring/facts-of.ts";
import { searchMessages } from "../../server/domain/search/search-messages.ts";
import { listTasks } from "../../server/domain/tasks/list-tasks.ts";
import { searchTasks } from "../../server/domain/tasks/search-tasks.ts";

export type ListCase = {
  name: string;
  read: (ctx: Ctx, contactId: number) => Promise<unknown>;
  index: string;
  /** Where a filter without an index of its own is checked on the rows of a wider one. */
  mostRows?: number;
};

const page = { limit: 20 };

/** Each statement that a list of the domain can send, and the index made for it. */
export const listCases: ListCase[] = [
  {
    name: "contacts, best lead first",
    read: (ctx) => listContacts(ctx, page),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "contacts from an offset",
    read: (ctx) => listContacts(ctx, { ...page, offset: 200 }),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "contacts after a cursor",
    read: (ctx) => listContacts(ctx, { ...page, cursor: { key: 50, id: 100_000 } }),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "qualified contacts",
    read: (ctx) => listContacts(ctx, { ...page, filter: { temperature: "qualified" } }),
    index: "contacts_company_id_temperature_idx",
  },
  {
    name: "contacts in a stage",
    read: (ctx) => listContacts(ctx, { ...page, filter: { stage: "opportunity" } }),
    index: "contacts_company_id_temperature_idx",
  },
  {
    name: "contacts, newest first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "createdAt" }),
    index: "contacts_company_id_created_at_idx",
  },
  {
    name: "contacts, last message first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "lastMessageAt" }),
    index: "contact_inbox_company_id_last_message_at_idx",
  },
  {
    name: "contacts, last message by WhatsApp first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "lastChatAt" }),
    index: "contact_inbox_company_id_last_chat_at_idx",
  },
  {
    name: "contacts by name",
    read: (ctx) => listContacts(ctx, { ...page, sort: "name" }),
    index: "contact_search_company_id_search_text_idx",
  },
  {
    name: "contacts found by a common part of the name",
    read: (ctx) => searchContacts(ctx, { ...page, query: "lefev" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts found by a rare part of the name",
    read: (ctx) => searchContacts(ctx, { ...page, query: "4711" }),
    index: "contact_search_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts found by a long and a short part",
    read: (ctx) => searchContacts(ctx, { ...page, query: "lefev w" }),
    index: "contact_search_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts whose name begins with two letters",
    read: (ctx) => searchContacts(ctx, { ...page, query: "zo" }),
    index: "contact_search_company_id_search_text_idx",
    mostRows: 20_000,
  },
  {
    name: "contacts with a word of two letters",
    read: (ctx) => searchContacts(ctx, { ...page, query: "wu" }),
    index: "contact_search_trgm_idx",
    mostRows: 20_000,
  },
  {
    name: "contacts with two letters anywhere",
    read: (ctx) => searchContacts(ctx, { ...page, query: "hn d" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 20_000,
  },
  {
    name: "people counted by two letters",
    read: (ctx) => countContacts(ctx, { search: "wu" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 20_000,
  },
  { name: "all deals", read: (ctx) => listDeals(ctx, page), index: "deals_company_id_created_at_idx" },
  {
    name: "deals from an offset",
    read: (ctx) => listDeals(ctx, { ...page, offset: 200 }),
    index: "deals_company_id_created_at_idx",
  },
  {
    name: "deals in a stage",
    read: (ctx) => listDeals(ctx, { ...page, stage: "proposal" }),
    index: "deals_company_id_stage_idx",
  },
  {
    name: "deals of a person",
    read: (ctx, contactId) => listDeals(ctx, { ...page, contactId }),
    index: "deals_company_id_contact_id_idx",
  },
  { name: "a column of the board", read: firstColumn, index: "deals_company_id_pipeline_id_idx" },
  {
    name: "deals found by the number in a person's name",
    read: (ctx) => searchDeals(ctx, { ...page, query: "4711" }),
    index: "deals_text_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "tasks found by the number in a person's name",
    read: (ctx) => searchTasks(ctx, { ...page, query: "4711" }),
    index: "tasks_text_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "open tasks found by a common word",
    read: (ctx) => searchTasks(ctx, { ...page, query: "follow", status: "open" }),
    index: "tasks_company_id_open_due_at_idx",
    mostRows: 2_000,
  },
  {
    name: "missed tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "overdue" }),
    index: "tasks_company_id_missed_idx",
  },
  { name: "all tasks", read: (ctx) => listTasks(ctx, page), index: "tasks_company_id_created_at_idx" },
  {
    name: "open tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "open" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "open tasks after a cursor",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", cursor: { at: "2020-01-01T00:00:00Z", id: 1 } }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "open tasks without a due time",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", cursor: { at: null, id: 1 } }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "overdue tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "overdue" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "done tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "done" }),
    index: "tasks_company_id_completed_at_idx",
  },
  {
    name: "cancelled tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "cancelled" }),
    index: "tasks_company_id_cancelled_idx",
  },
  {
    name: "urgent open tasks",
    read: (ctx) => listTasks(ctx, { ...page, status: "open", priority: "urgent" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "tasks of a person",
    read: (ctx, contactId) => listTasks(ctx, { ...page, contactId }),
    index: "tasks_company_id_contact_id_idx",
  },
  {
    name: "open tasks of a person",
    read: (ctx, contactId) => listTasks(ctx, { ...page, contactId, status: "open" }),
    index: "tasks_company_id_contact_id_idx",
  },
  { name: "all activities", read: (ctx) => listActivities(ctx, page), index: "activities_company_id_occurred_at_idx" },
  {
    name: "activities of a person",
    read: (ctx, contactId) => listActivities(ctx, { ...page, contactId }),
    index: "activities_company_id_contact_id_idx",
  },
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
  {
    name: "leads of a person",
    read: (ctx, contactId) => listLeads(ctx, { ...page, contactId }),
    index: "leads_company_id_contact_id_idx",
  },
  { name: "the journal", read: (ctx) => listEvents(ctx, page), index: "events_pkey" },
  {
    name: "the journal as a salesperson sees it",
    read: (ctx) => listEvents(asSeller(ctx), page),
    index: "events_pkey",
  },
  {
    name: "one record's journal",
    read: (ctx, id) => listEvents(ctx, { ...page, subject: { kind: "contact", id } }),
    index: "events_company_id_subject_idx",
  },
  {
    name: "a person's timeline",
    read: (ctx, contactId) => listTimeline(ctx, contactId, page),
    index: "events_company_id_contact_id_idx",
  },
  {
    name: "a person's timeline as a salesperson sees it",
    read: (ctx, contactId) => listTimeline(asSeller(ctx), contactId, page),
    index: "events_company_id_contact_id_idx",
  },
  {
    name: "organizations by name",
    read: (ctx) => listOrganizations(ctx, page),
    index: "organizations_company_id_name_idx",
  },
  {
    name: "organizations found",
    read: (ctx) => listOrganizations(ctx, { ...page, search: "ltd 3145" }),
    index: "organizations_name_trgm_idx",
  },
  {
    name: "people of an organization",
    read: peopleOfSomeOrganization,
    index: "contacts_company_id_organization_id_idx",
  },
  {
    name: "the inbox",
    read: (ctx) => listConversations(ctx, { ...page, filter: {} }),
    index: "conversations_company_id_last_message_at_idx",
  },
  {
    name: "open conversations",
    read: (ctx) => listConversations(ctx, { ...page, filter: { status: "open" } }),
    index: "conversations_company_id_status_idx",
  },
  {
    name: "conversations that wait for an answer",
    read: (ctx) => listConversations(ctx, { ...page, filter: { unread: true } }),
    index: "conversations_unread_idx",
  },
  {
    name: "messages found by a common word",
    read: (ctx) => searchMessages(ctx, { query: wordOfRank(0), limit: 20 }),
    index: "messages_company_id_sent_at_idx",
    mostRows: 1_500,
  },
  {
    name: "one member's conversations",
    read: (ctx) => listConversations(ctx, { ...page, filter: { assignee: 1, status: "open" } }),
    index: "conversations_company_id_assignee_user_id_idx",
  },
  {
    name: "conversations from an offset",
    read: (ctx) => pageConversations(ctx, { ...page, offset: 200 }),
    index: "conversations_company_id_last_message_at_idx",
  },
  {
    name: "open conversations from an offset, with what is put aside",
    read: (ctx) => pageConversations(ctx, { ...page, status: "open", offset: 200 }),
    index: "conversations_company_id_status_idx",
  },
  {
    name: "closed conversations from an offset",
    read: (ctx) => pageConversations(ctx, { ...page, status: "closed", offset: 200 }),
    index: "conversations_company_id_status_idx",
  },
  {
    name: "messages of a conversation from an offset",
    read: async (ctx) => pageMessages(ctx, { conversationId: 1, ...page, offset: 20 }),
    index: "messages_company_id_conversation_id_idx",
  },
  {
    name: "those with most messages",
    read: (ctx) => topContacts(ctx, 5),
    index: "contact_inbox_company_id_chat_count_idx",
  },
  {
    name: "the dashboard's counts",
    read: (ctx) => recentCounts(ctx),
    index: "traffic_rollups_pkey",
    // The hours of 30 days.
    mostRows: 1_500,
  },
  {
    name: "the analytics of a month",
    read: (ctx) => trafficByDay(ctx, 30),
    index: "traffic_rollups_pkey",
    mostRows: 1_500,
  },
  {
    name: "conversations of a person",
    read: (ctx, contactId) => listConversations(ctx, { ...page, filter: { contactId } }),
    index: "conversations_person_channel_key",
  },
  {
    name: "conversations found by a rare part of the name",
    read: (ctx) => listConversations(ctx, { ...page, filter: { q: "4711" } }),
    index: "contact_search_trgm_idx",
  },
  {
    name: "the facts of a score",
    read: (ctx, contactId) => factsOf(ctx.db, ctx.companyId, [contactId]),
    index: "messages_company_id_contact_id_idx",
  },
  { name: "a thread", read: threadOf, index: "messages_company_id_conversation_id_idx" },
];

function asSeller(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: "user", userId: 1, role: "salesperson" } };
}

async function firstColumn(ctx: Ctx): Promise<unknown> {
  const [pipeline] = await listPipelines(ctx);
  return listDeals(ctx, { ...page, pipelineId: pipeline?.id ?? 0, stageId: pipeline?.stages[0]?.id ?? 0 });
}

async function peopleOfSomeOrganization(ctx: Ctx): Promise<unknown> {
  const { items } = await listOrganizations(ctx, page);
  return listContacts(ctx, { ...page, filter: { organizationId: items[0]?.id ?? 0 } });
}

async function storyOf(ctx: Ctx, contactId: number): Promise<unknown> {
  const { items } = await listLeads(ctx, { ...page, contactId });
  return leadStory(ctx, items[0]?.id ?? 0, { limit: 500 });
}

async function threadOf(ctx: Ctx, contactId: number): Promise<unknown> {
  const { items } = await listConversations(ctx, { ...page, filter: { contactId } });
  return listMessages(ctx, { ...page, conversationId: items[0]?.id ?? 0 });
}
