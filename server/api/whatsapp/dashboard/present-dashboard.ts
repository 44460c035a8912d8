import type { TopContact } from "../../../domain/contacts/top-contacts.ts";
import type { ConversationSummary } from "../../../domain/conversations/page-conversations.ts";
import type { WhatsappAccount, WhatsappNumber } from "../../../domain/conversations/whatsapp-account.ts";
import type { CompanyTotals } from "../../../domain/rollups/company-totals.ts";
import type { RecentCounts } from "../../../domain/rollups/recent-counts.ts";
import { statusWord } from "../conversations/present-conversation.ts";
import { wordsOfMessage } from "../conversations/words-of-message.ts";

export type DashboardFacts = {
  account: WhatsappAccount;
  totals: CompanyTotals;
  counts: RecentCounts;
  conversations: ConversationSummary[];
  people: TopContact[];
};

export function presentDashboard({ account, totals, counts, conversations, people }: DashboardFacts) {
  const open = totals.openConversations + totals.snoozedConversations;
  const all = open + totals.closedConversations;
  return {
    account: {
      name: account.name,
      wabaId: account.wabaId,
      businessId: account.businessId,
      syncStatus: account.synced ? "synced" : "pending",
      lastSync: account.syncedAt,
    },
    phoneNumbers: { total: account.numbers.length, list: account.numbers.map(presentNumber) },
    contacts: {
      total: totals.contacts,
      active: counts.activeContacts,
      lastWeekGrowth: `+${counts.contactsCreatedIn7Days}`,
    },
    conversations: {
      total: all,
      open,
      closed: totals.closedConversations,
      activeRate: all === 0 ? 0 : Math.round((open / all) * 100),
    },
    messages: {
      total: totals.messagesSent + totals.messagesReceived,
      sent: totals.messagesSent,
      received: totals.messagesReceived,
      today: counts.messagesToday,
      avgPerDay: Math.round(counts.messagesIn30Days / 30),
    },
    recent: { conversations: conversations.map(presentRecent), topContacts: people.map(presentTop) },
  };
}

function presentNumber({ id, provider, displayPhone, externalId, status, verified, ...number }: WhatsappNumber) {
  // Nobody rates the simulator's number; it never sends too much.
  const quality = provider === "simulator" ? "green" : (number.quality ?? "unknown").toLowerCase();
  return { id: String(id), number: displayPhone ?? externalId, isActive: status === "connected", quality, verified };
}

function presentRecent(conversation: ConversationSummary) {
  return {
    _id: String(conversation.id),
    contactName: nameOf(conversation.contactName, conversation.contactPhone),
    status: statusWord(conversation.status),
    lastMessage: wordsOfMessage(conversation.lastMessageType, conversation.lastMessageText),
    lastMessageAt: conversation.lastMessageAt,
  };
}

function presentTop({ id, name, phone, messages }: TopContact) {
  return { id: String(id), name: nameOf(name, phone), messages, phone };
}

function nameOf(name: string, phone: string | null): string {
  return name === "" ? (phone ?? "") : name;
}
