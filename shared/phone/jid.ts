export type Jid =
  | { kind: "phone"; e164: string; digits: string }
  | { kind: "hidden"; jid: string }
  | { kind: "group"; jid: string }
  | { kind: "other"; server: string };

const phoneJid = /^(\d{7,15})(?:[._]\d+)?(?:[:_]\d+)?[@_](?:s[._]whatsapp[._]net|c[._]us)$/;
const hiddenJid = /^(\d+)(?:[._]\d+)?(?:[:_]\d+)?[@_](?:hosted[._])?lid$/;
const groupJid = /^(\d+(?:[-_]\d+)?)[@_]g[._]us$/;

/**
 * Reads a WhatsApp id, also with a device or agent suffix and in the spelling with underscores (file names and database
 * keys of other tools). A hidden id (`lid`) is a person, but never a phone number, however much its digits look like one.
 */
export function parseJid(text: string): Jid {
  const jid = text.trim().toLowerCase();
  const digits = phoneJid.exec(jid)?.[1];
  if (digits !== undefined) return { kind: "phone", e164: `+${digits}`, digits };
  const hidden = hiddenJid.exec(jid)?.[1];
  if (hidden !== undefined) return { kind: "hidden", jid: `${hidden}@lid` };
  const group = groupJid.exec(jid)?.[1];
  if (group !== undefined) return { kind: "group", jid: `${group.replace("_", "-")}@g.us` };
  return { kind: "other", server: jid.includes("@") ? jid.slice(jid.lastIndexOf("@") + 1) : "" };
}

/** `+919876543210` as `919876543210_s_whatsapp_net`. */
export function underscoreJid(e164: string): string {
  return `${e164.replace(/\D/g, "")}_s_whatsapp_net`;
}
