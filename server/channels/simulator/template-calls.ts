import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Ctx } from "../../domain/context.ts";
import {
  createSimulatedTemplate,
  deleteSimulatedTemplates,
  editSimulatedTemplate,
  listSimulatedTemplates,
  type SimulatedTemplate,
  type Verdict,
} from "../../domain/simulator/simulated-templates.ts";
import { takeFailures } from "../../domain/simulator/simulator-failures.ts";
import type { GraphAnswer, GraphRequest } from "../whatsapp-cloud/graph-transport.ts";
import { type GraphCall, missing, notValid, ok } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";
import { objectsIn } from "./objects-in.ts";

const categories = ["AUTHENTICATION", "MARKETING", "UTILITY"];
const dayMs = 86_400_000;
const editable = ["APPROVED", "REJECTED", "PAUSED"];

/** A page of templates with cursors; an opaque cursor holds the last id of its page. */
export async function listTemplates({ ctx, account, request }: GraphCall): Promise<GraphAnswer> {
  const { limit: asked, after: cursor, name, status } = request.query ?? {};
  const limit = Math.min(Math.max(Number(asked) || 25, 1), 1000);
  const after = cursor === undefined ? 0 : Number(Buffer.from(cursor, "base64url").toString());
  if (!Number.isSafeInteger(after)) throw new GraphRefusal(100, "(#100) Invalid cursor");
  const found = await listSimulatedTemplates(ctx, { limit: limit + 1, after, name, status });
  const page = found.slice(0, limit);
  const next = `https://graph.facebook.com/v25.0/${account.wabaId}/message_templates?limit=${limit}&after=`;
  const last = cursorOf(page.at(-1));
  return ok({
    data: page.map(presentTemplate),
    ...(page.length === 0
      ? {}
      : {
          paging: {
            cursors: { before: cursorOf(page[0]), after: last },
            ...(found.length > limit ? { next: `${next}${last}` } : {}),
          },
        }),
  });
}

export async function createTemplate({ ctx, account, request }: GraphCall): Promise<GraphAnswer> {
  const body = objectOf(request.body) ?? {};
  const name = textOf(body.name);
  const language = textOf(body.language);
  const category = textOf(body.category)?.toUpperCase();
  if (name === undefined) throw missing("name");
  if (!/^[a-z0-9_]{1,512}$/.test(name)) throw notValid("name may hold a-z, 0-9 and _ only");
  if (language === undefined) throw missing("language");
  if (category === undefined || !categories.includes(category))
    throw notValid(`category must be one of {${categories.join(", ")}}`);
  const parameterFormat = textOf(body.parameter_format)?.toUpperCase() === "NAMED" ? "NAMED" : "POSITIONAL";
  const components = checkedComponents(body.components, category);
  const verdict = await nextVerdict(ctx);
  const template = { wabaId: account.wabaId, name, language, category, parameterFormat, components };
  const made = await ctx.transact((tx) => createSimulatedTemplate(tx, template, verdict));
  if (!made) throw new GraphRefusal(100, "Content in this language already exists", 2388024);
  return ok({ id: made.templateId, status: made.status, category: made.category });
}

export async function editTemplate(ctx: Ctx, template: SimulatedTemplate, request: GraphRequest): Promise<GraphAnswer> {
  const body = objectOf(request.body) ?? {};
  if (!editable.includes(template.status)) throw new GraphRefusal(100, "Message template can't be edited now", 2388039);
  const { status, editedAt } = template;
  if (status === "APPROVED" && editedAt !== null && ctx.now().getTime() - Date.parse(editedAt) < dayMs)
    throw new GraphRefusal(100, "An approved template can be edited once in 24 hours", 2388039);
  const category = textOf(body.category)?.toUpperCase() ?? template.category;
  if (!categories.includes(category)) throw notValid(`category must be one of {${categories.join(", ")}}`);
  const components = body.components === undefined ? template.components : checkedComponents(body.components, category);
  const verdict = await nextVerdict(ctx);
  await ctx.transact((tx) => editSimulatedTemplate(tx, template.id, { components, category }, verdict));
  return ok({ success: true });
}

export async function deleteTemplate({ ctx, request }: GraphCall): Promise<GraphAnswer> {
  const { name, hsm_id: templateId } = request.query ?? {};
  if (name === undefined) throw missing("name");
  const gone = await ctx.transact((tx) => deleteSimulatedTemplates(tx, name, templateId));
  if (gone === 0) throw new GraphRefusal(100, "Message template not found", 2593002);
  return ok({ success: true });
}

export function presentTemplate(template: SimulatedTemplate) {
  const { templateId, name, language, category, parameterFormat, components, status, rejectedReason } = template;
  return {
    id: templateId,
    name,
    language,
    category,
    parameter_format: parameterFormat,
    components,
    status,
    rejected_reason: rejectedReason,
    quality_score: { score: status === "APPROVED" ? "GREEN" : "UNKNOWN" },
  };
}

/** What Meta checks before any review; an authentication template's body is Meta's own. */
function checkedComponents(value: unknown, category: string) {
  const components = objectsIn(value);
  const body = components.find(({ type }) => textOf(type)?.toUpperCase() === "BODY");
  if (body === undefined) throw missing("components: BODY");
  if (category === "AUTHENTICATION") {
    return jsonOf(
      components.map((part) => (part === body ? { ...part, text: "{{1}} is your verification code." } : part)),
    );
  }
  const text = textOf(body.text);
  if (text === undefined) throw missing("components: BODY text");
  if (Array.from(text).length > 1024) throw new GraphRefusal(2388040, "Character limit exceeded");
  if (/^\s*\{\{[^}]*\}\}|\{\{[^}]*\}\}\s*$/.test(text))
    throw new GraphRefusal(2388299, "Leading or trailing parameters are not allowed");
  return jsonOf(components);
}

async function nextVerdict(ctx: Ctx): Promise<Verdict> {
  return (await takeFailures(ctx, "template")).length > 0 ? "REJECTED" : "APPROVED";
}

function cursorOf(template: SimulatedTemplate | undefined): string {
  return Buffer.from(String(template?.id ?? 0)).toString("base64url");
}
