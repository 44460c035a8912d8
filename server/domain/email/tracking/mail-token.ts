import { createHmac, timingSafeEqual } from "node:crypto";
import { deriveKey } from "../../accounts/derive-key.ts";

/** What an address of ours in a mail names: a link to follow, or a mail to unsubscribe by. */
export type MailToken = { companyId: number; id: number };

export type MailTokens = {
  write: (token: MailToken) => string;
  /** Undefined for what was never ours. */
  read: (text: string) => MailToken | undefined;
};

/** Signed names for addresses in mails: nobody can guess one, and none of them says more than two numbers. */
export function mailTokens(secret: string, purpose: "link" | "unsubscribe"): MailTokens {
  const key = deriveKey(secret, `mail ${purpose}`);
  const sign = (body: string) => createHmac("sha256", key).update(body).digest().subarray(0, 16).toString("base64url");
  return {
    write({ companyId, id }) {
      const body = `${companyId.toString(36)}.${id.toString(36)}`;
      return `${body}.${sign(body)}`;
    },
    read(text) {
      const [, body = "", company = "", id = "", signature = ""] = shape.exec(text) ?? [];
      // Compared as text: the last letter has spare bits, so that four spellings mean the same bytes.
      if (signature === "" || !timingSafeEqual(Buffer.from(signature), Buffer.from(sign(body)))) return undefined;
      return { companyId: Number.parseInt(company, 36), id: Number.parseInt(id, 36) };
    },
  };
}

const shape = /^(([0-9a-z]{1,11})\.([0-9a-z]{1,11}))\.([\w-]{22})$/;
