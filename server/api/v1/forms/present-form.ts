import type * as View from "../../../../shared/v1/form.ts";
import type { Form } from "../../../domain/forms/form.ts";
import type { Submission } from "../../../domain/forms/list-submissions.ts";

export function presentForm(form: Form): View.Form {
  return {
    id: form.id,
    key: form.key,
    url: `/forms/${form.key}`,
    name: form.name,
    fields: form.fields,
    consent_text: form.consentText,
    consent_required: form.consentRequired,
    thanks_text: form.thanksText,
    redirect_url: form.redirectUrl,
    source: form.source,
    owner_user_id: form.ownerUserId,
    tags: form.tags,
    submissions_per_hour: form.submissionsPerHour,
    active: form.active,
    version: form.version,
    created_at: form.createdAt,
    updated_at: form.updatedAt,
  };
}

export function presentSubmission(submission: Submission): View.FormSubmission {
  return {
    id: submission.id,
    contact_id: submission.contactId,
    lead_id: submission.leadId,
    values: submission.values,
    consented: submission.consented,
    consent_text: submission.consentText,
    outcome: submission.outcome,
    submitted_at: submission.submittedAt,
  };
}
