import { Type } from "typebox";
import { NullableText } from "../field-schemas.ts";

const Account = Type.Object({
  name: Type.String(),
  wabaId: NullableText,
  businessId: NullableText,
  syncStatus: Type.String({ description: "synced once the ids of WABA and business are known, else pending" }),
  lastSync: NullableText,
});

const PhoneNumber = Type.Object({
  id: Type.String(),
  number: Type.String(),
  isActive: Type.Boolean(),
  quality: Type.String(),
  verified: Type.Boolean(),
});

const RecentConversation = Type.Object({
  _id: Type.String(),
  contactName: Type.String(),
  status: Type.String(),
  lastMessage: Type.String(),
  lastMessageAt: NullableText,
});

const TopContact = Type.Object({
  id: Type.String(),
  name: Type.String(),
  messages: Type.Integer(),
  phone: NullableText,
});

export const Dashboard = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({
    account: Account,
    phoneNumbers: Type.Object({ total: Type.Integer(), list: Type.Array(PhoneNumber) }),
    contacts: Type.Object({ total: Type.Integer(), active: Type.Integer(), lastWeekGrowth: Type.String() }),
    conversations: Type.Object({
      total: Type.Integer(),
      open: Type.Integer(),
      closed: Type.Integer(),
      activeRate: Type.Integer(),
    }),
    messages: Type.Object({
      total: Type.Integer(),
      sent: Type.Integer(),
      received: Type.Integer(),
      today: Type.Integer(),
      avgPerDay: Type.Integer(),
    }),
    recent: Type.Object({ conversations: Type.Array(RecentConversation), topContacts: Type.Array(TopContact) }),
  }),
});
