import { type Static, Type } from "typebox";
import { id, time } from "./fields.ts";
import { QueuedMessage } from "./message.ts";

export const RebookingProposal = Type.Object({
  language: Type.String(),
  text: Type.String({ description: "What a message would say" }),
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
    Type.String({ minLength: 1, maxLength: 1_024, description: "Instead of our words, inside the 24-hour window" }),
  ),
});
export type NewRebooking = Static<typeof NewRebooking>;

export const OpenedRebooking = Type.Object({ ...QueuedMessage.properties, proposal: RebookingProposal });
