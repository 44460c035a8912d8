import type { FormTarget } from "../../../shared/form-targets.ts";
import { createContact } from "../contacts/create-contact.ts";
import { getContact } from "../contacts/get-contact.ts";
import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { changePersonStage } from "../leads/change-person-stage.ts";
import { openLead } from "../leads/open-lead.ts";
import type { Form } from "./form.ts";

export type FormPerson = { contactId: number; leadId: number | null; isNew: boolean };

/**
 * The person behind a submission, with an open lead. Somebody we know keeps their record as it is: anyone can type anyone's number
 * into a public form. A customer stays a customer.
 */
export async function formPerson(tx: TxCtx, form: Form, filled: ReadonlyMap<FormTarget, string>): Promise<FormPerson> {
  const { id: contactId, isNew } = await findOrCreate(tx, form, filled);
  const { stage } = await getContact(tx, contactId);
  if (stage === "customer") return { contactId, leadId: null, isNew };
  if (stage === "lost" || stage === "junk")
    await changePersonStage(tx, contactId, "new", { reason: `form: ${form.name}` });
  const open = stage === "lost" || stage === "junk" ? "new" : stage;
  const need = filled.get("need") ?? null;
  const { id } = await openLead(tx, {
    contactId,
    stage: open,
    source: form.source,
    need,
    ownerUserId: form.ownerUserId,
  });
  return { contactId, leadId: id, isNew };
}

async function findOrCreate(
  tx: TxCtx,
  form: Form,
  filled: ReadonlyMap<FormTarget, string>,
): Promise<{ id: number; isNew: boolean }> {
  try {
    const { id } = await createContact(tx, newContact(form, filled));
    return { id, isNew: true };
  } catch (error) {
    const known =
      error instanceof DomainError && error.refusal.kind === "duplicate" ? error.refusal.existingId : undefined;
    if (known === undefined) throw atTheField(form, error);
    return { id: known, isNew: false };
  }
}

function newContact(form: Form, filled: ReadonlyMap<FormTarget, string>) {
  const fields: [string, FormTarget][] = [
    ["name", "name"],
    ["firstName", "first_name"],
    ["lastName", "last_name"],
    ["email", "email"],
    ["phone", "phone"],
    ["company", "company"],
    ["position", "position"],
  ];
  const given = fields.flatMap(([name, target]) => {
    const text = filled.get(target);
    return text === undefined ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(given), source: form.source, ownerUserId: form.ownerUserId, tags: form.tags };
}

/** The person's fields by the names that the form gives them. */
function atTheField(form: Form, error: unknown): unknown {
  if (!(error instanceof DomainError) || error.refusal.kind !== "invalid") return error;
  const targets = new Map<string, FormTarget>([
    ["firstName", "first_name"],
    ["lastName", "last_name"],
  ]);
  const problems = error.refusal.problems.map(({ path, message }) => {
    const target = targets.get(path) ?? path;
    return { path: form.fields.find((field) => field.target === target)?.name ?? path, message };
  });
  return new DomainError({ kind: "invalid", problems });
}
