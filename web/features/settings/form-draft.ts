import { type FormTarget, formTargets } from "../../../shared/form-targets.ts";
import type { Form, NewForm } from "../../../shared/v1/form.ts";

export type FieldDraft = {
  /** Stays with a field while it moves. */
  key: number;
  /** In the posted form; empty: from the label. */
  name: string;
  label: string;
  target: FormTarget;
  required: boolean;
};

export type FormDraft = {
  name: string;
  fields: FieldDraft[];
  consent_text: string;
  consent_required: boolean;
  thanks_text: string;
  redirect_url: string;
  owner_user_id: number | null;
};

/** What most forms ask for. */
export const blankForm: FormDraft = {
  name: "",
  fields: [
    { key: 1, name: "", label: "Your name", target: "name", required: true },
    { key: 2, name: "", label: "E-mail", target: "email", required: true },
    { key: 3, name: "", label: "How can we help?", target: "need", required: false },
  ],
  consent_text: "",
  consent_required: false,
  thanks_text: "",
  redirect_url: "",
  owner_user_id: null,
};

export function draftOf(form: Form): FormDraft {
  return {
    name: form.name,
    fields: form.fields.map((field, index) => ({ key: index + 1, ...field })),
    consent_text: form.consent_text,
    consent_required: form.consent_required,
    thanks_text: form.thanks_text,
    redirect_url: form.redirect_url ?? "",
    owner_user_id: form.owner_user_id,
  };
}

/** One more field: the first target that nothing fills yet; a note may be filled by many. */
export function withField(fields: FieldDraft[]): FieldDraft[] {
  const target = formTargets.find((known) => !fields.some((field) => field.target === known)) ?? "note";
  const key = Math.max(0, ...fields.map((field) => field.key)) + 1;
  return [...fields, { key, name: "", label: "", target, required: false }];
}

/** The targets that a field may be given: each fills one thing once, but for notes. */
export function targetsFor(fields: FieldDraft[], key: number): FormTarget[] {
  const taken = new Set(fields.filter((field) => field.key !== key).map(({ target }) => target));
  return formTargets.filter((target) => target === "note" || !taken.has(target));
}

export function moved(fields: FieldDraft[], index: number, step: 1 | -1): FieldDraft[] {
  const field = fields[index];
  if (!field || index + step < 0 || index + step >= fields.length) return fields;
  return fields.toSpliced(index, 1).toSpliced(index + step, 0, field);
}

export function bodyOf(draft: FormDraft): NewForm {
  const { redirect_url: redirectUrl, ...rest } = draft;
  return {
    ...rest,
    name: draft.name.trim(),
    consent_required: draft.consent_required && draft.consent_text.trim() !== "",
    redirect_url: redirectUrl.trim() === "" ? null : redirectUrl.trim(),
    fields: named(draft.fields),
  };
}

const reserved = ["homepage", "consent"];

/** Fields keep the name they have; new ones are named after what they fill, once each. */
function named(fields: FieldDraft[]): NewForm["fields"] {
  const taken = new Set([...reserved, ...fields.map(({ name }) => name)]);
  return fields.map(({ name, label, target, required }) => {
    const own = name === "" ? freeName(target, taken) : name;
    taken.add(own);
    return { name: own, label: label.trim(), target, required };
  });
}

function freeName(target: string, taken: ReadonlySet<string>): string {
  if (!taken.has(target)) return target;
  let count = 2;
  while (taken.has(`${target}_${count}`)) count++;
  return `${target}_${count}`;
}
