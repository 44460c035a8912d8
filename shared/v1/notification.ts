import { type Static, Type } from "typebox";
import { mailCadences } from "../notification-kinds.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, paging, text, time, version } from "./fields.ts";

export const Notification = Type.Object(
  {
    id,
    kind: Type.String(),
    title: Type.String(),
    body: Type.String(),
    contact_id: nullableId,
    subject: Type.Unsafe<{ kind: string; id: number } | null>({
      type: ["object", "null"],
      properties: { kind: { type: "string" }, id: { type: "integer" } },
      description: "What it speaks of: lead, task, appointment, activity, note, conversation, …",
    }),
    happens_at: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "When that takes place or falls due.",
    }),
    created_at: time,
    read_at: nullableTime,
  },
  { title: "Notification" },
);
export type Notification = Static<typeof Notification>;

/** The caller's own, and how many they have not read. */
export const NotificationPage = Type.Object({
  data: Type.Array(Notification),
  next_cursor: nullableText,
  unread_count: Type.Integer(),
});

export const NotificationQuery = Type.Object({ ...paging, unread: Type.Optional(Type.Boolean()) });

export const UnreadCount = Type.Object({ unread_count: Type.Integer({ description: "Counted up to 1,000." }) });

const email = oneOf(mailCadences);
const clock = { description: "A time of day, as 22:00.", maxLength: 5 } as const;
const nullableClock = Type.Unsafe<string | null>({ type: ["string", "null"], ...clock });

/** How the caller is told of one kind of thing. */
export const NotificationWays = Type.Object({
  kind: Type.String(),
  group: Type.String(),
  label: Type.String(),
  in_app: Type.Boolean(),
  email,
  push: Type.Boolean(),
});
export type NotificationWays = Static<typeof NotificationWays>;

export const NotificationPreferences = Type.Object({
  time_zone: Type.Unsafe<string | null>({
    type: ["string", "null"],
    description: "The caller's own; null for the company's.",
  }),
  effective_time_zone: Type.String(),
  quiet_from: nullableClock,
  quiet_until: nullableClock,
  digest_at: Type.String(clock),
  kinds: Type.Array(NotificationWays),
  version,
});
export type NotificationPreferences = Static<typeof NotificationPreferences>;

export const NotificationPreferencesPatch = Type.Object({
  time_zone: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 100 })),
  quiet_from: Type.Optional(nullableClock),
  quiet_until: Type.Optional(nullableClock),
  digest_at: Type.Optional(Type.String(clock)),
  kinds: Type.Optional(
    Type.Array(
      Type.Object({
        kind: text(60),
        in_app: Type.Optional(Type.Boolean()),
        email: Type.Optional(email),
        push: Type.Optional(Type.Boolean()),
      }),
      { maxItems: 100 },
    ),
  ),
});
export type NotificationPreferencesPatch = Static<typeof NotificationPreferencesPatch>;

/** As a browser's PushSubscription writes itself as JSON. */
export const NewPushSubscription = Type.Object({
  endpoint: text(2_000),
  keys: Type.Object({ p256dh: text(200), auth: text(100) }),
});
export type NewPushSubscription = Static<typeof NewPushSubscription>;

export const PushSubscriptionMade = Type.Object({ id });

export const OldPushSubscription = Type.Object({ endpoint: text(2_000) });

export const PushKey = Type.Object({
  public_key: Type.String({ description: "applicationServerKey of PushManager.subscribe, in base64url." }),
});
