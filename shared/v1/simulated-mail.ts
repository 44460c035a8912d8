import { type Static, Type } from "typebox";
import { id, nullableText, oneOf, time } from "./fields.ts";

export const SimulatedMail = Type.Object({
  id,
  envelope_from: Type.String({ description: "The return path: where bounces go." }),
  envelope_to: Type.Array(Type.String()),
  from: Type.String(),
  to: Type.String(),
  reply_to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: nullableText,
  internet_message_id: Type.String(),
  size_bytes: Type.Integer(),
  received_at: time,
});
export type SimulatedMail = Static<typeof SimulatedMail>;

export const SimulatedMailAnswer = Type.Object({
  kind: Type.Optional(oneOf(["reply", "absence", "bounce"])),
  text: Type.String({
    minLength: 1,
    maxLength: 100_000,
    description: "What is written; for a bounce, what the server says.",
  }),
});
export type SimulatedMailAnswer = Static<typeof SimulatedMailAnswer>;

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const SimulatedNewMail = Type.Object({
  from: line(300),
  subject: line(900),
  text: line(100_000),
});
export type SimulatedNewMail = Static<typeof SimulatedNewMail>;

export const SimulatedDelivery = Type.Object({ delivery_id: id });
