/** Every address the web app knows, so that one changes in one place. */
export const pages = {
  home: "/",
  inbox: "/inbox",
  conversation: "/inbox/$conversationId",
  leads: "/leads",
  lead: "/leads/$leadId",
  customers: "/customers",
  customer: "/customers/$contactId",
  signIn: "/sign-in",
  linkSignIn: "/sign-in/$token",
  welcome: "/welcome",
} as const;

type Query = Record<string, string | number | undefined>;

export const apiPaths = {
  session: "/v1/session",
  changePassword: "/auth/password/change",
  conversations: (query: Query) => withQuery("/v1/conversations", query),
  conversation: (id: number) => `/v1/conversations/${id}`,
  conversationAct: (id: number, act: string) => `/v1/conversations/${id}/${act}`,
  readConversation: (id: number) => `/v1/conversations/${id}/read`,
  messages: (conversationId: number, query: Query) => withQuery(`/v1/conversations/${conversationId}/messages`, query),
  sendOptions: (conversationId: number) => `/v1/conversations/${conversationId}/send-options`,
  messageAct: (id: number, act: string) => `/v1/messages/${id}/${act}`,
  contact: (id: number) => `/v1/contacts/${id}`,
  contactTags: (id: number) => `/v1/contacts/${id}/tags`,
  contactScore: (id: number) => `/v1/contacts/${id}/score`,
  timeline: (contactId: number, query: Query) => withQuery(`/v1/contacts/${contactId}/timeline`, query),
  contacts: (query: Query) => withQuery("/v1/contacts", query),
  contactTag: (id: number, tagId: number) => `/v1/contacts/${id}/tags/${tagId}`,
  tags: "/v1/tags",
  customers: (list: string, query: Query) => withQuery(`/v1/customers/${list}`, query),
  customerRecord: (contactId: number) => `/v1/contacts/${contactId}/record`,
  loyalty: (contactId: number, query: Query) => withQuery(`/v1/contacts/${contactId}/loyalty`, query),
  appointments: (query: Query) => withQuery("/v1/appointments", query),
  appointmentAct: (id: number, act: string) => `/v1/appointments/${id}/${act}`,
  services: "/v1/services?active=true&limit=100",
  locations: "/v1/locations?active=true&limit=100",
  providers: "/v1/providers?active=true&limit=100",
  freeSlots: (query: Query) => withQuery("/v1/free-slots", query),
  lead: (id: number) => `/v1/leads/${id}`,
  leadAct: (id: number, act: string) => `/v1/leads/${id}/${act}`,
  users: "/v1/users?limit=100",
  calls: (query: Query) => withQuery("/v1/calls", query),
  emails: "/v1/emails",
  emailsOfContact: (contactId: number, query: Query) => withQuery(`/v1/contacts/${contactId}/emails`, query),
  notes: (query: Query) => withQuery("/v1/notes", query),
  note: (id: number) => `/v1/notes/${id}`,
  restoreNote: (id: number) => `/v1/notes/${id}/restore`,
  leads: (query: Query) => withQuery("/v1/leads", query),
  tasks: (query: Query) => withQuery("/v1/tasks", query),
  task: (id: number) => `/v1/tasks/${id}`,
  completeTask: (id: number) => `/v1/tasks/${id}/complete`,
  deals: (query: Query) => withQuery("/v1/deals", query),
  channelAccounts: "/v1/channel-accounts",
  notifications: (query: Query) => withQuery("/v1/notifications", query),
  unreadNotifications: "/v1/notifications/unread-count",
  readAllNotifications: "/v1/notifications/read-all",
  notificationPreferences: "/v1/me/notification-preferences",
  pushKey: "/v1/me/push-key",
  pushSubscriptions: "/v1/me/push-subscriptions",
  readNotification: (id: number) => `/v1/notifications/${id}/read`,
  quickReplies: "/v1/quick-replies",
  renderQuickReply: (id: number) => `/v1/quick-replies/${id}/render`,
  syncTemplates: "/v1/templates/sync",
  template: (id: number) => `/v1/templates/${id}`,
  media: (query: Query) => withQuery("/v1/media", query),
  live: "/v1/live",
  simulatorMessages: "/v1/simulator/messages",
  simulatorActions: "/v1/simulator/actions",
  simulatedPhone: (phone: string) => `/v1/simulator/phones/${encodeURIComponent(phone)}`,
  simulatedThread: (phone: string) => `/v1/simulator/phones/${encodeURIComponent(phone)}/messages`,
  simulatedReading: (phone: string) => `/v1/simulator/phones/${encodeURIComponent(phone)}/read`,
  simulatorFailures: "/v1/simulator/failures",
  simulatorFailure: (id: number) => `/v1/simulator/failures/${id}`,
} as const;

function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
