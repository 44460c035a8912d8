const key = { remoteJid: "919876500100@s.whatsapp.net", fromMe: false, id: "3EB0A1" };

export function upsert(message: unknown, item: Record<string, unknown> = {}): unknown {
  const data = { key, pushName: "Asha Example", message, messageTimestamp: 1_749_416_383, ...item };
  return { event: "messages.upsert", instance: "shop", data };
}

export function withKey(fields: Record<string, unknown>, item: Record<string, unknown> = {}): unknown {
  return upsert({ conversation: "Hi" }, { key: { ...key, ...fields }, ...item });
}

export function gatewayEvent(event: string, data: unknown): unknown {
  return { event, instance: "shop", data };
}

const protocolKey = { remoteJid: key.remoteJid, id: "3EB0OLD" };

/** One of each, also what the fuzz starts from. */
export const gatewayBodies: Record<string, unknown> = {
  text: upsert({ conversation: "Hello", messageContextInfo: { deviceListMetadata: {} } }),
  reply: upsert({ extendedTextMessage: { text: "Yes", contextInfo: { stanzaId: "3EB0Q", isForwarded: true } } }),
  image: upsert({ imageMessage: { caption: "Look", mimetype: "image/jpeg", url: "https://mmg.example/enc" } }),
  stored: upsert({ imageMessage: { url: "https://mmg.example/enc" }, mediaUrl: "https://files.example/1" }),
  video: upsert({ viewOnceMessageV2: { message: { videoMessage: { mimetype: "video/mp4" } } } }),
  audio: upsert({ audioMessage: { ptt: true, mimetype: "audio/ogg" } }),
  document: upsert({
    documentWithCaptionMessage: { message: { documentMessage: { fileName: "a.pdf", caption: "Offer" } } },
  }),
  sticker: upsert({ stickerMessage: { isAnimated: true } }),
  location: upsert({
    locationMessage: { degreesLatitude: 1.5, degreesLongitude: 2.5, jpegThumbnail: "xx", name: "Cafe" },
  }),
  contact: upsert({ contactMessage: { displayName: "Bo One", vcard: "BEGIN:VCARD" } }),
  contacts: upsert({ contactsArrayMessage: { contacts: [{ displayName: "Bo" }, { displayName: "Cy" }] } }),
  reaction: upsert({ reactionMessage: { key: protocolKey, text: "👍" } }),
  reactionRemoved: upsert({ reactionMessage: { key: protocolKey, text: "" } }),
  button: upsert({ buttonsResponseMessage: { selectedButtonId: "yes", selectedDisplayText: "Yes!" } }),
  list: upsert({ listResponseMessage: { title: "Row", singleSelectReply: { selectedRowId: "row1" } } }),
  template: upsert({ templateButtonReplyMessage: { selectedId: "STOP", selectedDisplayText: "Stop" } }),
  flow: upsert({
    interactiveResponseMessage: { body: { text: "Sent" }, nativeFlowResponseMessage: { paramsJson: "{}" } },
  }),
  poll: upsert({ pollCreationMessage: { name: "When?", options: [] } }),
  order: upsert({
    orderMessage: {
      orderId: "5550001",
      thumbnail: "xx",
      itemCount: 3,
      message: "By Friday, please",
      orderTitle: "Spring box",
      totalAmount1000: { low: 1_050_000, high: 0, unsigned: false },
      totalCurrencyCode: "INR",
    },
  }),
  disappearing: upsert({ ephemeralMessage: { message: { conversation: "Soon gone" } } }),
  revoke: upsert({ protocolMessage: { key: protocolKey, type: "REVOKE" } }),
  revokeByZero: upsert({ protocolMessage: { key: protocolKey } }),
  edit: upsert({
    editedMessage: {
      message: { protocolMessage: { key: protocolKey, type: 14, editedMessage: { conversation: "B" } } },
    },
  }),
  timer: upsert({ protocolMessage: { key: protocolKey, type: "EPHEMERAL_SETTING" } }),
  undecrypted: upsert(null, { messageStubType: "CIPHERTEXT" }),
  ours: withKey({ fromMe: true }, { status: "SERVER_ACK" }),
  hidden: withKey({ remoteJid: "55501234567890:3@lid" }),
  hiddenWithPhone: withKey({ remoteJid: "55501234567890@lid", senderPn: "919876500100@s.whatsapp.net" }),
  group: withKey({ remoteJid: "120363022222222222@g.us", participant: "919876500100@s.whatsapp.net" }),
  update: gatewayEvent("messages.update", [{ key, update: { status: 3 } }]),
  evolutionUpdate: gatewayEvent("MESSAGES_UPDATE", { keyId: "3EB0A1", remoteJid: key.remoteJid, status: "READ" }),
  deleted: gatewayEvent("messages.update", { keyId: "3EB0A1", remoteJid: key.remoteJid, status: "DELETED" }),
  ack: gatewayEvent("message.ack", { id: "3EB0A1", ack: 1 }),
  connection: gatewayEvent("connection.update", { state: "close", statusReason: 401 }),
  contactList: gatewayEvent("contacts.upsert", [{ id: key.remoteJid, name: "Asha", notify: "asha" }]),
  presence: gatewayEvent("presence.update", { id: key.remoteJid }),
  baileys: { type: "notify", messages: [{ key, message: { conversation: "Bare" } }] },
};
