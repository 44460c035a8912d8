import { wordOfRank } from "../../../bench/fill/spoken-text.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { listConversations } from "../../../server/domain/conversations/list-conversations.ts";
import { listMessages } from "../../../server/domain/conversations/list-messages.ts";
import { pageConversations } from "../../../server/domain/conversations/page-conversations.ts";
import { pageMessages } from "../../../server/domain/conversations/page-messages.ts";
import { recentCounts } from "../../../server/domain/rollups/recent-counts.ts";
import { trafficByDay } from "../../../server/domain/rollups/traffic-by-day.ts";
import { searchMessages } from "../../../server/domain/search/search-messages.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of conversations and messages, and of what is counted of them. */
export const conversationCases: ListCase[] = [
  {
    name: "the inbox",
    read: (ctx) => listConversations(ctx, { ...page, filter: {} }),
    index: "conversations_company_id_last_message_at_idx",
  },
  {
    name: "the inbox, with what has no message yet",
    read: (ctx) => listConversations(ctx, { ...page, filter: {} }),
    index: "conversations_silent_idx",
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
    // The plans within its function: message-search-plans.test.ts.
    index: "messages_pkey",
  },
  {
    name: "one member's conversations",
    read: (ctx) => listConversations(ctx, { ...page, filter: { assignee: 1, status: "open" } }),
    index: "conversations_company_id_assignee_user_id_idx",
  },
  {
    name: "conversations from an offset",
    read: (ctx) => pageConversations(ctx, { ...page, offset: 200 }),
    index: "conversations_chats_status_idx",
  },
  {
    name: "open conversations from an offset, with what is put aside",
    read: (ctx) => pageConversations(ctx, { ...page, status: "open", offset: 200 }),
    index: "conversations_chats_status_idx",
  },
  {
    name: "closed conversations from an offset",
    read: (ctx) => pageConversations(ctx, { ...page, status: "closed", offset: 200 }),
    index: "conversations_chats_status_idx",
  },
  {
    name: "messages of a conversation from an offset",
    read: async (ctx) => pageMessages(ctx, { conversationId: 1, ...page, offset: 20 }),
    index: "messages_company_id_conversation_id_idx",
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
  { name: "a thread", read: threadOf, index: "messages_company_id_conversation_id_idx" },
];

async function threadOf(ctx: Ctx, contactId: number): Promise<unknown> {
  const { items } = await listConversations(ctx, { ...page, filter: { contactId } });
  return listMessages(ctx, { ...page, conversationId: items[0]?.id ?? 0 });
}
