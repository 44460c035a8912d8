import { Type } from "typebox";
import { leadInBody, NullableText } from "../field-schemas.ts";

/** One address, several in one text ("a@x.org, b@x.org"), or a list. */
const Addresses = Type.Unsafe<string | string[] | null>({
  type: ["string", "array", "null"],
  items: { type: "string" },
  maxItems: 100,
});

export const EmailBody = Type.Object({
  ...leadInBody,
  to: Type.Optional(Addresses),
  cc: Type.Optional(Addresses),
  bcc: Type.Optional(Addresses),
  subject: Type.String(),
  body: Type.String(),
});

export const EmailList = Type.Array(
  Type.Object({
    id: Type.String(),
    lead_id: Type.String(),
    from: Type.String(),
    to: Type.String(),
    cc: NullableText,
    bcc: NullableText,
    subject: Type.String(),
    body: Type.String(),
    timestamp: Type.String(),
    status: Type.String(),
    statusReason: Type.String(),
    sentBy: Type.String(),
  }),
);

export const EmailWritten = Type.Object({
  message: Type.String(),
  id: Type.String(),
  lead_id: Type.String(),
  status: Type.String(),
  statusReason: Type.String(),
});
