import { underscoreJid } from "../../../shared/phone/jid.ts";

/** The document's spelling, `919876543210_s_whatsapp_net`; null for people without a phone. */
export function presentPhone(e164: string | null): string | null {
  return e164 === null ? null : underscoreJid(e164);
}
