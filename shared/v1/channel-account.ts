import { type Static, Type } from "typebox";
import { id, nullableText, time } from "./fields.ts";

export const ChannelAccount = Type.Object({
  id,
  provider: Type.String({ description: "whatsapp_cloud, whatsapp_gateway or simulator" }),
  name: Type.String(),
  external_id: Type.String({ description: "The Cloud API's phone_number_id, or the gateway's instance." }),
  waba_id: nullableText,
  display_phone: nullableText,
  status: Type.String({
    description: "connected, or discovered: a number that wrote to us before anyone connected it",
  }),
  quality: nullableText,
  messaging_limit: nullableText,
  created_at: time,
});
export type ChannelAccount = Static<typeof ChannelAccount>;

export const GatewaySecret = Type.Object({
  secret: Type.String({
    description: "Shown once. Send it as Authorization: Bearer, apikey or x-api-key to POST /webhook.",
  }),
});
