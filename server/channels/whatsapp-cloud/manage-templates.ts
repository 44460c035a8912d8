import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Ctx } from "../../domain/context.ts";
import { DomainError } from "../../domain/domain-error.ts";
import type { MediaFiles } from "../../domain/media/media-files.ts";
import { checkTemplateDefinition, type TemplateDefinition } from "../../domain/templates/check-template-definition.ts";
import { getTemplate, type Template } from "../../domain/templates/list-templates.ts";
import {
  dropUnseenTemplates,
  markTemplateDeleted,
  recordTemplateEvent,
  storeTemplates,
  type VendorTemplate,
} from "../../domain/templates/store-templates.ts";
import { askGraph, saidAsRefusal } from "./ask-graph.ts";
import { withHeaderExamples } from "./header-examples.ts";
import { type TemplateAccount, type TemplateDeps, templateAccount, templateAccountOf } from "./template-account.ts";

export type TemplateChangeDeps = TemplateDeps & { files: MediaFiles };

/** Creates a template at the vendor, where it is reviewed, and notes it here. */
export async function createTemplate(
  ctx: Ctx,
  deps: TemplateChangeDeps,
  input: TemplateDefinition & { channelAccountId: number },
): Promise<Template> {
  const { channelAccountId, parameterFormat, ...rest } = input;
  refuseWrong(input);
  const { wabaId, access } = await templateAccount(ctx, deps, channelAccountId);
  const components = await withHeaderExamples({ ctx, files: deps.files, access }, rest.components);
  const definition = { ...rest, components };
  const body = { ...definition, parameter_format: parameterFormat };
  const made = await saidAsRefusal("components", () =>
    askGraph(access, { method: "POST", path: `/${wabaId}/message_templates`, body }),
  );
  const template: VendorTemplate = {
    ...definition,
    parameterFormat,
    providerId: textOf(made.id) ?? "",
    category: textOf(made.category) ?? definition.category,
    status: textOf(made.status)?.toUpperCase() ?? "PENDING",
    quality: null,
    reason: null,
  };
  return ctx.transact(async (tx) => {
    const [id = 0] = await storeTemplates(tx, wabaId, [template]);
    await recordTemplateEvent(tx, "template.created", [id]);
    return getTemplate(tx, id);
  });
}

const editable = ["APPROVED", "REJECTED", "PAUSED", "REINSTATED"];

export type TemplateEdit = Partial<Pick<TemplateDefinition, "category" | "components">>;

/** Edits a template; it is reviewed again. The vendor takes ten edits in thirty days of an approved one. */
export async function editTemplate(
  ctx: Ctx,
  deps: TemplateChangeDeps,
  id: number,
  edit: TemplateEdit,
): Promise<Template> {
  const template = await getTemplate(ctx, id);
  if (!editable.includes(template.status) || template.providerId === null)
    throw new DomainError({ kind: "conflict", message: `A template that is ${template.status} cannot be edited.` });
  const parameterFormat = template.parameterFormat === "NAMED" ? "NAMED" : "POSITIONAL";
  const category = edit.category ?? categoryOf(template.category);
  const asked = edit.components ?? template.components;
  refuseWrong({ name: template.name, language: template.language, category, parameterFormat, components: asked });
  const { wabaId, access } = await templateAccountOf(ctx, deps, template.wabaId);
  const components = await withHeaderExamples({ ctx, files: deps.files, access }, asked);
  const { providerId } = template;
  const body = edit.category === undefined ? { components } : { category, components };
  await saidAsRefusal("components", () => askGraph(access, { method: "POST", path: `/${providerId}`, body }));
  return ctx.transact(async (tx) => {
    await storeTemplates(tx, wabaId, [
      { ...template, providerId, category, components, parameterFormat, status: "PENDING", reason: null },
    ]);
    await recordTemplateEvent(tx, "template.updated", [id]);
    return getTemplate(tx, id);
  });
}

/** Deletes this language of a template at the vendor and here. */
export async function deleteTemplate(ctx: Ctx, deps: TemplateDeps, id: number): Promise<void> {
  const template = await getTemplate(ctx, id);
  if (template.status === "DELETED") return;
  const { wabaId, access } = await templateAccountOf(ctx, deps, template.wabaId);
  const { name, providerId } = template;
  const query = { name, ...(providerId === null ? {} : { hsm_id: providerId }) };
  await saidAsRefusal("name", () =>
    askGraph(access, { method: "DELETE", path: `/${wabaId}/message_templates`, query }),
  );
  await ctx.transact((tx) => markTemplateDeleted(tx, id));
}

const fields = "id,name,language,category,status,components,parameter_format,quality_score,rejected_reason";
const pageSize = "100";
/** 6,000 templates are the most an account may have. */
const mostPages = 100;

/** Reads all templates of an account; what the vendor has no more is deleted here too. Returns how many it has. */
export async function syncTemplates(ctx: Ctx, { wabaId, access }: TemplateAccount): Promise<number> {
  const startedAt = ctx.now();
  let after: string | undefined;
  let count = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { fields, limit: pageSize, ...(after === undefined ? {} : { after }) };
    const body = await askGraph(access, { method: "GET", path: `/${wabaId}/message_templates`, query });
    const templates = listOf(body.data).flatMap((item) => vendorTemplate(objectOf(item) ?? {}));
    await ctx.transact((tx) => storeTemplates(tx, wabaId, templates));
    count += templates.length;
    const paging = objectOf(body.paging);
    after = textOf(objectOf(paging?.cursors)?.after);
    if (paging?.next === undefined || after === undefined) {
      await ctx.transact((tx) => dropUnseenTemplates(tx, wabaId, startedAt));
      return count;
    }
  }
  return count;
}

function vendorTemplate(item: Record<string, unknown>): VendorTemplate[] {
  const [providerId, name, language] = [textOf(item.id), textOf(item.name), textOf(item.language)];
  if (providerId === undefined || name === undefined || language === undefined) return [];
  const reason = textOf(item.rejected_reason);
  return [
    {
      providerId,
      name,
      language,
      category: textOf(item.category) ?? null,
      status: textOf(item.status)?.toUpperCase() ?? "UNKNOWN",
      quality: textOf(objectOf(item.quality_score)?.score) ?? null,
      parameterFormat: textOf(item.parameter_format)?.toUpperCase() ?? null,
      components: jsonOf(item.components ?? []),
      reason: reason === undefined || reason === "NONE" ? null : reason,
    },
  ];
}

function refuseWrong(definition: TemplateDefinition): void {
  const problems = checkTemplateDefinition(definition);
  if (problems.length > 0) throw new DomainError({ kind: "invalid", problems });
}

function categoryOf(category: string | null): TemplateDefinition["category"] {
  if (category === "MARKETING" || category === "AUTHENTICATION") return category;
  return "UTILITY";
}
