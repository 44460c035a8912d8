import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, nullableTime, paging, time } from "./fields.ts";

export const Notification = Type.Object({
  id,
  kind: Type.String(),
  title: Type.String(),
  body: Type.String(),
  contact_id: nullableId,
  created_at: time,
  read_at: nullableTime,
});
export type Notification = Static<typeof Notification>;

/** The caller's own, and how many they have not read. */
export const NotificationPage = Type.Object({
  data: Type.Array(Notification),
  next_cursor: nullableText,
  unread_count: Type.Integer(),
});

export const NotificationQuery = Type.Object({ ...paging, unread: Type.Optional(Type.Boolean()) });
