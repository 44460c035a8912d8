import type { FormTarget } from "../../../shared/form-targets.ts";
import { DomainError, type FieldProblem } from "../domain-error.ts";
import type { Form } from "./form.ts";
import { consentField, honeypot } from "./form-fields.ts";

/** What a browser or a program sent, by the fields' names; texts only. */
export type SentValues = ReadonlyMap<string, string>;

export type ReadValues = {
  /** As typed, by the form's own fields. */
  values: Record<string, string>;
  /** By what they fill; empty ones are absent. */
  filled: ReadonlyMap<FormTarget, string>;
  consented: boolean;
  isSpam: boolean;
};

const longest = 5_000;

/** Reads a submission by its form: unknown fields are left out, missing and over-long ones refused by their names. */
export function readValues(form: Pick<Form, "fields" | "consentRequired">, sent: SentValues): ReadValues {
  const typed = form.fields.map((field) => ({ field, text: (sent.get(field.name) ?? "").trim() }));
  const consented = /^(on|true|yes|1)$/i.test(sent.get(consentField)?.trim() ?? "");
  const isSpam = (sent.get(honeypot) ?? "").trim() !== "";
  const problems = typed.flatMap(({ field, text }): FieldProblem[] => {
    if (text === "") return field.required ? [{ path: field.name, message: `${field.label} is missing.` }] : [];
    return text.length > longest ? [{ path: field.name, message: `${field.label} is too long.` }] : [];
  });
  const given = typed.filter(({ text }) => text !== "");
  if (!given.some(({ field: { target } }) => target === "email" || target === "phone"))
    problems.push({
      path: nameOfFirst(form, "email", "phone"),
      message: "Please leave an e-mail address or a phone number.",
    });
  if (form.consentRequired && !consented)
    problems.push({ path: consentField, message: "Without your consent this form cannot be sent." });
  // A program learns nothing of what it did wrong.
  if (problems.length > 0 && !isSpam) throw new DomainError({ kind: "invalid", problems });
  return {
    values: Object.fromEntries(given.map(({ field, text }) => [field.name, text.slice(0, longest)])),
    filled: new Map(given.map(({ field, text }) => [field.target, text])),
    consented,
    isSpam,
  };
}

function nameOfFirst({ fields }: Pick<Form, "fields">, ...targets: FormTarget[]): string {
  return fields.find(({ target }) => targets.includes(target))?.name ?? "form";
}
