const metadata = { display_phone_number: "15550783881", phone_number_id: "106540352242922" };

export const ada = { profile: { name: "Ada Example", username: "@ada" }, wa_id: "16505550100", user_id: "US.1001" };

export function webhook(field: string, value: unknown, entry: Record<string, unknown> = {}): unknown {
  return { object: "whatsapp_business_account", entry: [{ id: "102", ...entry, changes: [{ field, value }] }] };
}

export function changeOf(field: string, value: Record<string, unknown>): unknown {
  return webhook(field, { messaging_product: "whatsapp", metadata, ...value });
}

export function messageOf(message: Record<string, unknown>): unknown {
  const common = { from: "16505550100", id: "wamid.IN", timestamp: "1749416383" };
  return changeOf("messages", { contacts: [ada], messages: [{ ...common, ...message }] });
}

export function statusOf(status: Record<string, unknown>): unknown {
  const common = { id: "wamid.OUT", status: "delivered", timestamp: "1750030073", recipient_id: "16505550100" };
  return changeOf("messages", { contacts: [ada], statuses: [{ ...common, ...status }] });
}

export function echoOf(message: Record<string, unknown>): unknown {
  const common = { from: "15550783881", to: "16505550100", id: "wamid.ECHO", timestamp: "1749416383" };
  return changeOf("smb_message_echoes", { message_echoes: [{ ...common, ...message }] });
}

export const history = {
  metadata: { phase: 0, chunk_order: 1, progress: 55 },
  threads: [
    {
      id: "16505550100",
      messages: [
        {
          from: "16505550100",
          id: "wamid.H1",
          timestamp: "1740000000",
          type: "text",
          text: { body: "Hi" },
          history_context: { status: "READ" },
        },
        {
          from: "15550783881",
          to: "16505550100",
          id: "wamid.H2",
          timestamp: "1740000060",
          type: "media_placeholder",
          history_context: { status: "PENDING" },
        },
        {
          from: "16505550177",
          group_id: "G1",
          id: "wamid.H3",
          timestamp: "1740000120",
          type: "text",
          text: { body: "All" },
        },
      ],
    },
  ],
};

/** One of each, also what the fuzz starts from. */
export const bodies: Record<string, unknown> = {
  text: messageOf({ type: "text", text: { body: "Hello" }, context: { from: "1555", id: "wamid.Q", forwarded: true } }),
  image: messageOf({ type: "image", image: { id: "9", mime_type: "image/jpeg", sha256: "s", caption: "Look" } }),
  audio: messageOf({ type: "audio", audio: { id: "9", mime_type: "audio/ogg", voice: true } }),
  document: messageOf({ type: "document", document: { id: "9", filename: "offer.pdf", url: "https://example.com/9" } }),
  sticker: messageOf({ type: "sticker", sticker: { id: "9", animated: false } }),
  location: messageOf({
    type: "location",
    location: { latitude: 1.5, longitude: 2.5, name: "Cafe", address: "Main St" },
  }),
  contacts: messageOf({
    type: "contacts",
    contacts: [{ name: { formatted_name: "Bo One" } }, { name: { first_name: "Cy" }, phones: [{ phone: "+1 650" }] }],
  }),
  buttonReply: messageOf({
    type: "interactive",
    interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes!" } },
    context: { id: "wamid.Q" },
  }),
  listReply: messageOf({
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id: "row1", title: "Row", description: "One" } },
  }),
  flow: messageOf({
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"a":"x\\u0000y"}' } },
  }),
  callPermission: messageOf({
    type: "interactive",
    interactive: { type: "call_permission_reply", call_permission_reply: { response: "accept" } },
  }),
  button: messageOf({ type: "button", button: { payload: "STOP", text: "Stop" } }),
  reaction: messageOf({ type: "reaction", reaction: { message_id: "wamid.Q", emoji: "👍" } }),
  reactionRemoved: messageOf({ type: "reaction", reaction: { message_id: "wamid.Q", emoji: "" } }),
  order: messageOf({ type: "order", order: { catalog_id: "1", text: "", product_items: [{ quantity: 2 }] } }),
  welcome: messageOf({ type: "request_welcome" }),
  unsupported: messageOf({
    type: "unsupported",
    unsupported: { type: "poll" },
    errors: [{ code: 131051, title: "Unknown", error_data: { details: "Not supported" } }],
  }),
  newType: messageOf({ type: "hologram", hologram: { body: "3D", depth: 3 } }),
  edit: messageOf({
    type: "edit",
    edit: { original_message_id: "wamid.Q", message: { type: "text", text: { body: "B" } } },
  }),
  revoke: messageOf({ type: "revoke", revoke: { original_message_id: "wamid.Q" } }),
  newNumber: messageOf({
    type: "system",
    system: { type: "user_changed_number", wa_id: "12195550199", body: "Moved" },
  }),
  newUserId: messageOf({ type: "system", system: { type: "user_changed_user_id", user_id: "US.2002", body: "Moved" } }),
  identity: messageOf({ type: "system", system: { type: "customer_identity_changed", body: "Key changed" } }),
  ad: messageOf({ type: "text", text: { body: "Info?" }, referral: { source_type: "ad", ctwa_clid: "clid" } }),
  product: messageOf({ type: "text", text: { body: "This?" }, context: { referred_product: { catalog_id: "7" } } }),
  noId: messageOf({ type: "text", text: { body: "No id" }, id: null }),
  delivered: statusOf({ biz_opaque_callback_data: "our-1", pricing: { category: "service" } }),
  failed: statusOf({
    status: "failed",
    errors: [{ code: 131047, title: "Re-engagement", error_data: { details: "24 h" } }],
  }),
  groupStatus: statusOf({ recipient_id: "G1", recipient_type: "group", recipient_participant_id: "16505550100" }),
  oddStatus: statusOf({ status: "teleported" }),
  echo: echoOf({ type: "text", text: { body: "From the app" } }),
  echoEdit: echoOf({
    type: "edit",
    edit: { original_message_id: "wamid.E", message: { type: "text", text: { body: "C" } } },
  }),
  echoRevoke: echoOf({ type: "revoke", revoke: { original_message_id: "wamid.E" } }),
  history: changeOf("history", { history: [history] }),
  historyRefused: changeOf("history", { history: [{ errors: [{ code: 2593109, title: "Refused" }] }] }),
  contactSync: changeOf("smb_app_state_sync", {
    state_sync: [
      {
        type: "contact",
        contact: { full_name: "Ada Example", first_name: "Ada", phone_number: "+1 650-555-0100" },
        action: "add",
        metadata: { timestamp: "1740000000" },
      },
    ],
  }),
  stop: changeOf("user_preferences", {
    contacts: [ada],
    user_preferences: [
      { wa_id: "16505550100", category: "marketing_messages", value: "stop", timestamp: 1_731_705_721 },
      { wa_id: "16505550100", category: "marketing_messages", value: "signup", timestamp: 1_731_705_721 },
    ],
  }),
  userId: changeOf("user_id_update", {
    user_id_update: [
      { wa_id: "16505550100", user_id: { previous: "US.1001", current: "US.2002" }, timestamp: "1740000000" },
    ],
  }),
  account: webhook("account_update", { event: "ACCOUNT_DELETED" }, { time: 1_743_451_903 }),
  partner: webhook(
    "account_update",
    { event: "PARTNER_ADDED", waba_info: { waba_id: "980" } },
    { time: 1_743_451_903 },
  ),
  quality: webhook("phone_number_quality_update", { display_phone_number: "15550783881", event: "FLAGGED" }),
  review: webhook("account_review_update", { decision: "APPROVED" }),
  call: changeOf("calls", { contacts: [ada], calls: [{ id: "wacid.1", event: "connect", timestamp: "1752583107" }] }),
  group: changeOf("group_lifecycle_update", { groups: [{ type: "group_create", timestamp: "1750269342" }] }),
  error: changeOf("messages", { errors: [{ code: 130429, title: "Rate limit" }] }),
  strangeField: webhook("tea_update", { strength: "strong" }),
};
