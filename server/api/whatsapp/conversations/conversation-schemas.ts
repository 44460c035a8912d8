import { Type } from "typebox";
import { NullableText, oneOf, pageFields } from "../field-schemas.ts";

const identity = {
  _id: Type.String(),
  contactId: Type.String(),
  contactName: Type.String(),
  status: oneOf(["open", "closed"]),
};

export const ConversationItem = Type.Object(
  {
    ...identity,
    lastMessage: Type.String(),
    lastMessageAt: NullableText,
    unreadCount: Type.Integer(),
  },
  { title: "Conversation" },
);

export const ConversationQuery = Type.Object({
  ...pageFields,
  status: Type.Optional(oneOf(["open", "closed"])),
});

export const ConversationList = Type.Object({
  success: Type.Boolean(),
  data: Type.Array(ConversationItem),
  pagination: Type.Object({ total: Type.Integer(), limit: Type.Integer(), skip: Type.Integer() }),
});

export const ThreadQuery = Type.Object({
  ...pageFields,
  direction: Type.Optional(oneOf(["incoming", "outgoing", "inbound", "outbound"])),
});

export const MessageView = Type.Object(
  {
    _id: Type.String(),
    text: Type.String(),
    direction: oneOf(["incoming", "outgoing"]),
    timestamp: Type.String(),
    status: oneOf(["pending", "sent", "delivered", "read", "failed"]),
  },
  { title: "Message" },
);

export const Thread = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({
    conversation: Type.Object({ ...identity, createdAt: Type.String() }),
    messages: Type.Array(MessageView),
    total: Type.Integer(),
  }),
});

export const OneConversation = Type.Object({ success: Type.Boolean(), data: ConversationItem });
