import type { Json, JsonObject } from "../../shared/json.ts";

let serial = 0;

type Text = {
  text: string;
  phone?: string;
  name?: string;
  userId?: string;
  id?: string;
  phoneNumberId?: string;
  at?: Date;
};

/** A text message as Meta posts it. */
export function textBody({ text, ...rest }: Text): JsonObject {
  return messageBody({ ...rest, type: "text", content: { body: text } });
}

type Message = Omit<Text, "text"> & { type: string; content: Json; extra?: JsonObject };

export function messageBody(options: Message): JsonObject {
  const { phone = "919876543210", name = "Ana", userId, id = nextId(), phoneNumberId, at = new Date() } = options;
  return envelope(
    {
      contacts: [{ profile: { name }, ...(phone ? { wa_id: phone } : {}), ...(userId ? { user_id: userId } : {}) }],
      messages: [
        {
          ...(phone ? { from: phone } : {}),
          ...(userId ? { from_user_id: userId } : {}),
          id,
          timestamp: String(Math.floor(at.getTime() / 1000)),
          type: options.type,
          [options.type]: options.content,
          ...options.extra,
        },
      ],
    },
    phoneNumberId,
  );
}

export function statusBody(options: {
  id: string;
  status: string;
  at?: Date;
  errors?: Json;
  phoneNumberId?: string;
}): JsonObject {
  const { id, status, at = new Date(), errors, phoneNumberId } = options;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return envelope(
    { statuses: [{ id, status, timestamp, recipient_id: "919876543210", ...(errors ? { errors } : {}) }] },
    phoneNumberId,
  );
}

/** A value of the "messages" field, or of another, in its envelope. */
export function envelope(value: JsonObject, phoneNumberId = "106540352242922", field = "messages"): JsonObject {
  const metadata = { display_phone_number: "15550783881", phone_number_id: phoneNumberId };
  const change = { field, value: { messaging_product: "whatsapp", metadata, ...value } };
  return { object: "whatsapp_business_account", entry: [{ id: "102290129340398", changes: [change] }] };
}

export function nextId(): string {
  serial += 1;
  return `wamid.TEST${process.pid}${serial}`;
}
