import type { FormTarget } from "../../../shared/form-targets.ts";
import { invalid } from "../domain-error.ts";

export type FormField = { name: string; label: string; target: FormTarget; required: boolean };

/** Programs fill in every field; people do not see this one. */
export const honeypot = "homepage";
/** The tick under the consent text. */
export const consentField = "consent";

const reserved = [honeypot, consentField];
const mostFields = 30;

export function checkFormFields(fields: FormField[]): void {
  if (fields.length === 0 || fields.length > mostFields)
    throw invalid("fields", `A form has 1 to ${mostFields} fields.`);
  const names = fields.map(({ name }) => name);
  const wrong = names.find((name) => !/^[a-z][a-z0-9_]{0,39}$/.test(name) || reserved.includes(name));
  if (wrong !== undefined)
    throw invalid(
      "fields",
      `"${wrong}" cannot be a field's name: lower-case letters, digits and _, not ${reserved.join(" or ")}.`,
    );
  if (new Set(names).size < names.length) throw invalid("fields", "Two fields have the same name.");
  const single = fields.map(({ target }) => target).filter((target) => target !== "note");
  if (new Set(single).size < single.length) throw invalid("fields", "Two fields fill the same target.");
  if (!fields.some(({ target }) => target === "email" || target === "phone"))
    throw invalid("fields", "A form asks for an e-mail address or a phone number: otherwise nobody can answer.");
}
