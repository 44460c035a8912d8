import type { FormPatch, NewForm } from "../../../../shared/v1/form.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { FormField } from "../../../domain/forms/form-fields.ts";

export function readForm(body: NewForm) {
  return { ...readSettings(body), name: body.name, fields: readFields(body.fields) };
}

export function readFormPatch(body: FormPatch) {
  const { fields } = body;
  return { ...readSettings(body), ...(fields === undefined ? {} : { fields: readFields(fields) }) };
}

function readSettings(body: FormPatch) {
  return withoutUndefined({
    name: body.name,
    consentText: body.consent_text,
    consentRequired: body.consent_required,
    thanksText: body.thanks_text,
    redirectUrl: body.redirect_url,
    source: body.source,
    ownerUserId: body.owner_user_id,
    tags: body.tags,
    submissionsPerHour: body.submissions_per_hour,
    active: body.active,
  });
}

function readFields(fields: NewForm["fields"]): FormField[] {
  return fields.map(({ name, label, target, required = false }) => ({ name, label, target, required }));
}
