import type * as View from "../../../../shared/v1/template.ts";
import type { FieldProblem } from "../../../domain/domain-error.ts";
import type { Template } from "../../../domain/templates/list-templates.ts";
import type { RenderedTemplate } from "../../../domain/templates/render-template.ts";

export function presentTemplate(template: Template): View.Template {
  return {
    id: template.id,
    waba_id: template.wabaId,
    provider_id: template.providerId,
    name: template.name,
    language: template.language,
    category: template.category,
    status: template.status,
    quality: template.quality,
    parameter_format: template.parameterFormat,
    components: template.components,
    reason: template.reason,
    synced_at: template.syncedAt,
    created_at: template.createdAt,
    updated_at: template.updatedAt,
  };
}

export function presentPreview(rendered: RenderedTemplate, problems: FieldProblem[]): View.TemplatePreview {
  return {
    ...wordsOf(rendered),
    cards: rendered.cards.map(wordsOf),
    problems: problems.map(({ path, message }) => ({ path, detail: message })),
  };
}

function wordsOf({ header, body, footer, buttons, text }: RenderedTemplate) {
  return { header, body, footer, buttons, text };
}
