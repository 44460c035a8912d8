import { textOf } from "../../../shared/json.ts";
import { type Jid, parseJid } from "../../../shared/phone/jid.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { PersonKeys } from "../../domain/conversations/inbound-update.ts";

/** Where a message belongs: a person, perhaps inside a group, or nowhere that is a conversation. */
export type Chat = { kind: "person"; person: PersonKeys; groupId?: string } | { kind: "none"; why: string };

type Fields = Record<string, unknown>;

/** Reads a Baileys message key. `item` is what holds it; some gateways put the real number there. */
export function chatOfKey(key: Fields, item: Fields): Chat {
  const remote = jidOf(key.remoteJid);
  const fromMe = key.fromMe === true;
  switch (remote?.kind) {
    case undefined:
      return { kind: "none", why: "no chat id" };
    case "other":
      return { kind: "none", why: "not a conversation" };
    case "group":
      return fromMe ? { kind: "none", why: "written by us to a group" } : groupChat(remote.jid, key, item);
    case "phone":
    case "hidden":
      return personChat([key.remoteJid, key.remoteJidAlt, ...(fromMe ? [] : senderIds(key, item))]);
  }
}

/** A person's keys out of several ids of theirs: the phone where one has it, the hidden id where one has that. */
export function personOfJids(ids: unknown[]): PersonKeys {
  const jids = ids.map(jidOf);
  const phone = jids.find((jid) => jid?.kind === "phone");
  const hidden = jids.find((jid) => jid?.kind === "hidden");
  return withoutUndefined({
    waId: phone?.digits,
    phone: phone?.e164,
    jid: hidden?.jid,
  });
}

function groupChat(groupId: string, key: Fields, item: Fields): Chat {
  const ids = [key.participant, key.participantAlt, key.participantPn, item.participant, ...senderIds(key, item)];
  const chat = personChat(ids);
  return chat.kind === "person" ? { ...chat, groupId } : chat;
}

function personChat(ids: unknown[]): Chat {
  const person = personOfJids(ids);
  const isNamed = person.waId !== undefined || person.jid !== undefined;
  return isNamed ? { kind: "person", person } : { kind: "none", why: "message without a person" };
}

/** Only for messages to us: in our own these name ourselves. */
function senderIds(key: Fields, item: Fields): unknown[] {
  return [key.senderPn, key.senderLid, item.senderPn];
}

function jidOf(value: unknown): Jid | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  // Some gateways send the bare number.
  return parseJid(/^\+?\d{7,15}$/.test(text) ? `${text.replace("+", "")}@s.whatsapp.net` : text);
}
