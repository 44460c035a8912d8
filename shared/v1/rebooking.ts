import { type Static, Type } from "typebox";
import { id, nullableId, nullableText, nullableTime, oneOfOrNull, time } from "./fields.ts";
import { QueuedMessage } from "./message.ts";

export const RebookingProposal = Type.Object({
  language: Type.String({ description: "Of the text: a template has its own" }),
  text: Type.String({ description: "What a message says if it is sent now" }),
  by: {
    ...oneOfOrNull(["text", "template", "mail"]),
    description:
      "What it goes by: a list of times inside the 24-hour window, the template outside, else a mail; null where nothing may leave",
  },
  channel_account_id: { ...nullableId, description: "The number or mailbox it goes from" },
  refusal: { ...nullableText, description: "Why nothing may leave now" },
  waiting_reason: { ...nullableText, description: "Why it would not leave at once, and when it goes" },
  earlier: Type.Unsafe<{ proposed_at: string; still_waits: boolean } | null>({
    type: ["object", "null"],
    description: "A proposal that still waits to go out, or that was not answered in the 7 days since",
    properties: { proposed_at: time, still_waits: Type.Boolean() },
  }),
  next_visit_at: {
    ...nullableTime,
    description: "A visit that is booked already: nobody is asked to come again before it, unless `again` is said",
  },
  service: Type.Object({ id, name: Type.String() }),
  provider: Type.Object({ id, name: Type.String() }),
  location: Type.Object({ id, name: Type.String(), time_zone: Type.String() }),
  times: Type.Array(Type.Object({ starts_at: time, ends_at: time, provider_id: id }), {
    description: "Free times with whom, on which weekday and at which hour the person usually comes",
  }),
});
export type RebookingProposal = Static<typeof RebookingProposal>;

const again = "Although a visit is ahead, or one was proposed in the last 7 days and there is no answer yet";

export const RebookingQuery = Type.Object({
  again: Type.Optional(Type.Unsafe<"true">({ type: "string", enum: ["true"], description: again })),
});
export type RebookingQuery = Static<typeof RebookingQuery>;

export const NewRebooking = Type.Object({
  channel_account_id: Type.Optional(id),
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1_024,
      description: "Instead of our words, inside the 24-hour window and by mail",
    }),
  ),
  again: Type.Optional(Type.Boolean({ description: again })),
});
export type NewRebooking = Static<typeof NewRebooking>;

export const OpenedRebooking = Type.Object({ ...QueuedMessage.properties, proposal: RebookingProposal });
