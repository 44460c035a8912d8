import { foldText } from "../../../shared/fold-text.ts";
import { phoneVariants } from "../../../shared/phone/phone-variants.ts";

export type Searchable = { name: string; company?: string | null; phone?: string | null; email?: string | null };

// A b-tree entry has room for about 2,700 bytes, and no code unit takes more than three.
const longestName = 250;
const longestRest = 350;

/**
 * What a person is found by: name, every spelling of the phone in digits, mail and organization, folded. It begins with the name,
 * so that it also sorts people. Written with every change of one of them.
 */
export function contactSearchText({ name, company, phone, email }: Searchable): string {
  const rest = [...(phone ? phoneVariants(phone) : []), email ?? "", company ?? ""].filter((part) => part !== "");
  return `${shortened(name, longestName)} ${shortened(rest.join(" "), longestRest)}`.trim();
}

function shortened(text: string, length: number): string {
  return foldText(text).slice(0, length).toWellFormed();
}
