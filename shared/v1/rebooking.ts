import { type Static, Type } from "typebox";
import { id, time } from "./fields.ts";
import { QueuedMessage } from "./message.ts";

export const RebookingProposal = Type.Object({
  language: Type.String({ description: "Of the text: a template has its own" }),
  text: Type.String({ description: "What a message says if it is sent now" }),
  by: Type.Unsafe<"text" | "template" | "mail" | null>({
    ...Type.Union([Type.Literal("text"), Type.Literal("template"), Type.Literal("mail"), Type.Null()]),
    description:
      "What it goes by: a list of times inside the 24-hour window, the template outside, else a mail; null where nothing may leave",
  }),
  channel_account_id: Type.Unsafe<number | null>({
    ...Type.Union([id, Type.Null()]),
    description: "The number or mailbox it goes from",
  }),
  refusal: Type.Unsafe<string | null>({
    ...Type.Union([Type.String(), Type.Null()]),
    description: "Why nothing may leave now",
  }),
  service: Type.Object({ id, name: Type.String() }),
  provider: Type.Object({ id, name: Type.String() }),
  location: Type.Object({ id, name: Type.String(), time_zone: Type.String() }),
  times: Type.Array(Type.Object({ starts_at: time, ends_at: time, provider_id: id }), {
    description: "Free times with whom, on which weekday and at which hour the person usually comes",
  }),
});
export type RebookingProposal = Static<typeof RebookingProposal>;

export const NewRebooking = Type.Object({
  channel_account_id: Type.Optional(id),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_024,
      description: "Instead of our words, inside the 24-hour window and by mail",
    }),
  ),
});
export type NewRebooking = Static<typeof NewRebooking>;

export const OpenedRebooking = Type.Object({ ...QueuedMessage.properties, proposal: RebookingProposal });
