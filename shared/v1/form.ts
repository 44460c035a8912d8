import { type Static, Type } from "typebox";
import { formTargets } from "../form-targets.ts";
import { id, nullableId, oneOf, paging, text, time, version } from "./fields.ts";

const FormField = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 40, description: "In the posted form: lower-case letters, digits, _." }),
  label: text(200),
  target: oneOf(formTargets),
  required: Type.Optional(Type.Boolean()),
});

const settings = {
  name: text(200),
  consent_text: Type.String({ maxLength: 5_000, description: "Kept with each submission as it stood." }),
  consent_required: Type.Boolean(),
  thanks_text: text(2_000),
  redirect_url: Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 2_000 }),
  source: text(100),
  owner_user_id: nullableId,
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 }),
  submissions_per_hour: Type.Integer({ minimum: 1, maximum: 100_000 }),
  active: Type.Boolean(),
};

export const Form = Type.Object({
  id,
  key: Type.String(),
  url: Type.String({ description: "The public page, and where other pages post to." }),
  fields: Type.Array(Type.Required(FormField)),
  ...settings,
  version,
  created_at: time,
  updated_at: time,
});
export type Form = Static<typeof Form>;

const fields = Type.Array(FormField, { minItems: 1, maxItems: 30 });

export const NewForm = Type.Object({ ...Type.Partial(Type.Object(settings)).properties, name: settings.name, fields });
export type NewForm = Static<typeof NewForm>;

export const FormPatch = Type.Partial(Type.Object({ ...settings, fields }));
export type FormPatch = Static<typeof FormPatch>;

export const FormSubmission = Type.Object({
  id,
  contact_id: nullableId,
  lead_id: nullableId,
  values: Type.Unsafe<Record<string, unknown>>({ type: "object", additionalProperties: true }),
  consented: Type.Boolean(),
  consent_text: Type.String(),
  outcome: oneOf(["new", "known", "spam"]),
  submitted_at: time,
});
export type FormSubmission = Static<typeof FormSubmission>;

export const SubmissionQuery = Type.Object(paging);
export type SubmissionQuery = Static<typeof SubmissionQuery>;
