import { type Static, Type } from "typebox";
import type { Json } from "../json.ts";
import { Attachment } from "./attachment.ts";
import { id, nullableId, nullableText, nullableTime, oneOf, time, version } from "./fields.ts";

const address = (description?: string) =>
  Type.String({ maxLength: 400, description: description ?? "ana@example.com, or Ana Ruiz <ana@example.com>" });
const optionalText = (maxLength: number, description?: string) =>
  Type.Optional(Type.String({ maxLength, ...(description === undefined ? {} : { description }) }));
const host = Type.String({ minLength: 1, maxLength: 253 });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
const password = Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: "Never shown again." }));

const SmtpBody = Type.Object({
  host,
  port: Type.Optional(port),
  secure: Type.Optional(Type.Boolean({ description: "TLS from the first byte (port 465). Otherwise STARTTLS." })),
  user: Type.Optional(Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 400 })),
  password,
});
const ImapBody = Type.Object({
  host,
  port: Type.Optional(port),
  secure: Type.Optional(Type.Boolean()),
  user: Type.String({ minLength: 1, maxLength: 400 }),
  password,
  mailbox: optionalText(200, "INBOX where not said."),
});
const DkimBody = Type.Object({
  domain: Type.String({ minLength: 1, maxLength: 253 }),
  selector: Type.String({ minLength: 1, maxLength: 100 }),
  private_key: Type.Optional(Type.String({ minLength: 1, maxLength: 10_000, description: "PEM. Never shown again." })),
});
export type SmtpBody = Static<typeof SmtpBody>;
export type ImapBody = Static<typeof ImapBody>;
export type DkimBody = Static<typeof DkimBody>;

/** Null takes the setting away. */
const orNull = <Body>(schema: { properties: unknown; required?: string[] }) =>
  Type.Optional(Type.Unsafe<Body | null>({ ...schema, type: ["object", "null"] }));

const settings = {
  name: optionalText(200, "How lists call it; the address where not said."),
  from_name: optionalText(200),
  smtp: orNull<SmtpBody>(SmtpBody),
  imap: orNull<ImapBody>(ImapBody),
  dkim: orNull<DkimBody>(DkimBody),
  signature: optionalText(5_000, "Set under each mail; plain words."),
  track_opens: Type.Optional(Type.Boolean({ description: "Off where not said." })),
  track_clicks: Type.Optional(Type.Boolean({ description: "Off where not said." })),
  plus_addresses: Type.Optional(
    Type.Boolean({
      description: "The mailbox takes mail for name+anything@ too, so that answers and bounces are told apart by it.",
    }),
  ),
};

export const NewEmailAccount = Type.Object({ from_address: address(), ...settings });
export type NewEmailAccount = Static<typeof NewEmailAccount>;

export const EmailAccountPatch = Type.Object({ from_address: Type.Optional(address()), ...settings });
export type EmailAccountPatch = Static<typeof EmailAccountPatch>;

const Server = { host: Type.String(), port: Type.Integer(), secure: Type.Boolean(), has_password: Type.Boolean() };

const SmtpView = Type.Object({ ...Server, user: nullableText });
const ImapView = Type.Object({ ...Server, user: Type.String(), mailbox: Type.String() });
const DkimView = Type.Object({ domain: Type.String(), selector: Type.String(), has_key: Type.Boolean() });

/** Plain keywords rather than a union, which serialises several times slower. */
const viewOrNull = <View>(schema: { properties: unknown; required?: string[] }) =>
  Type.Unsafe<View | null>({ ...schema, type: ["object", "null"] });

export const EmailAccount = Type.Object({
  id,
  name: Type.String(),
  from_address: Type.String(),
  from_name: Type.String(),
  status: Type.String({
    description:
      "connected; paused: by an admin; disconnected; token_expired: the mail server takes the password no more. What waits, waits.",
  }),
  smtp: viewOrNull<Static<typeof SmtpView>>(SmtpView),
  imap: viewOrNull<Static<typeof ImapView>>(ImapView),
  dkim: viewOrNull<Static<typeof DkimView>>(DkimView),
  signature: Type.String(),
  track_opens: Type.Boolean(),
  track_clicks: Type.Boolean(),
  plus_addresses: Type.Boolean(),
  imap_error: nullableText,
  imap_checked_at: nullableTime,
  problems: Type.Array(
    Type.Object({ problem: Type.String(), title: Type.String(), details: Type.String(), since: time }),
  ),
  version,
  created_at: time,
  updated_at: time,
});
export type EmailAccount = Static<typeof EmailAccount>;

export const EmailAccountTest = Type.Object({
  ok: Type.Boolean(),
  message: Type.String({ description: "In words, with what the server said." }),
});
export type EmailAccountTest = Static<typeof EmailAccountTest>;

const Mailbox = Type.Object({ address: Type.String(), name: Type.String() });

export const Email = Type.Object(
  {
    id,
    conversation_id: id,
    contact_id: id,
    lead_id: nullableId,
    activity_id: nullableId,
    channel_account_id: id,
    thread_id: id,
    direction: oneOf(["in", "out"]),
    subject: Type.String(),
    body: nullableText,
    quoted_text: nullableText,
    html: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description: "Cleaned: no code, no foreign pictures. With them: /v1/emails/{id}/html?images=shown.",
    }),
    from: Mailbox,
    to: Type.Array(Mailbox),
    cc: Type.Array(Mailbox),
    bcc: Type.Array(Mailbox),
    attachments: Type.Array(Attachment),
    internet_message_id: Type.String(),
    in_reply_to: nullableText,
    is_automatic: Type.Boolean({ description: "An absence note, a newsletter, or one of ours that no person wrote." }),
    bounce: Type.Unsafe<Json>({ type: ["object", "null"], additionalProperties: true }),
    opens: Type.Integer({ description: "By people; the proxies of mail programs and scanners are not counted." }),
    clicks: Type.Integer(),
    machine_visits: Type.Integer({ description: "Opens and clicks of proxies and scanners." }),
    status: Type.Unsafe<string | null>({
      type: ["string", "null"],
      description:
        "queued, sent (a mail server took it), delivered, read, failed, unknown, cancelled; null for what came in.",
    }),
    status_reason: nullableText,
    author_user_id: nullableId,
    sent_at: time,
    accepted_at: nullableTime,
    delivered_at: nullableTime,
    failed_at: nullableTime,
  },
  { title: "Email" },
);
export type Email = Static<typeof Email>;

const addresses = Type.Optional(Type.Array(address(), { maxItems: 50 }));

export const NewEmail = Type.Object({
  contact_id: id,
  lead_id: Type.Optional(nullableId),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: Type.String({ maxLength: 900 }),
  body: optionalText(500_000, "Plain words; needed unless html is given."),
  html: optionalText(1_000_000),
  in_reply_to_id: Type.Optional(Type.Integer({ minimum: 1, description: "The mail this one answers." })),
  attachment_ids: Type.Optional(Type.Array(id, { maxItems: 20 })),
  purpose: Type.Optional(oneOf(["service", "utility", "marketing", "authentication"])),
  email_account_id: Type.Optional(id),
});
export type NewEmail = Static<typeof NewEmail>;

export const Suppression = Type.Object({
  address: Type.String(),
  reason: oneOf(["hard_bounce", "soft_bounces", "complaint", "unsubscribed", "manual"]),
  since: time,
  detail: Type.Unsafe<Json>({ type: "object", additionalProperties: true }),
});
export type Suppression = Static<typeof Suppression>;

export const NewSuppression = Type.Object({ address: address("ana@example.com") });
export type NewSuppression = Static<typeof NewSuppression>;

export const InboundAddress = Type.Object({
  path: Type.String({ description: "Below this server's own address. Shown once." }),
});
export type InboundAddress = Static<typeof InboundAddress>;
