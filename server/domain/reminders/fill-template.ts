import type { Json } from "../../../shared/json.ts";
import type { TemplateComponent, TemplateParameter } from "../sends/outgoing-content.ts";
import { placeholdersIn, type TemplateParts, templateParts } from "../templates/template-parts.ts";

export type Filling = {
  /** By name, for templates with named values. */
  values: Record<string, string>;
  /** Which value {{1}}, {{2}}, … are. */
  order: readonly string[];
  /** What the quick replies bring back, in their order; the last one is all further ones'. */
  payloads: readonly string[];
};

/** A template of the company's with our values; undefined where it asks for something that we do not have. */
export function fillTemplate(components: Json, filling: Filling): TemplateComponent[] | undefined {
  const parts = templateParts(components);
  const header = headerOf(parts, filling);
  const body = textsOf(parts.body?.text ?? "", filling.order, filling.values);
  const buttons = buttonsOf(parts, filling.payloads);
  if (!header || !body || !buttons || parts.cards.length > 0 || parts.limitedTimeOffer) return undefined;
  return [
    ...(header.length > 0 ? [{ type: "header", parameters: header } as const] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body } as const] : []),
    ...buttons,
  ];
}

function headerOf({ header }: TemplateParts, { values }: Filling): TemplateParameter[] | undefined {
  if (header === undefined) return [];
  return header.format === "TEXT" ? textsOf(header.text, ["service"], values) : undefined;
}

function textsOf(
  text: string,
  order: readonly string[],
  values: Record<string, string>,
): TemplateParameter[] | undefined {
  const filled = placeholdersIn(text).map((name): TemplateParameter | undefined => {
    const isNumber = /^\d+$/.test(name);
    const value = values[isNumber ? (order[Number(name) - 1] ?? "") : name];
    if (value === undefined) return undefined;
    return { type: "text", text: onOneLine(value), ...(isNumber ? {} : { name }) };
  });
  const complete = filled.filter((parameter) => parameter !== undefined);
  return complete.length === filled.length ? complete : undefined;
}

function buttonsOf({ buttons }: TemplateParts, payloads: readonly string[]): TemplateComponent[] | undefined {
  const wanted: TemplateComponent[] = [];
  let replies = 0;
  for (const [index, { kind, url }] of buttons.entries()) {
    if (kind === "COPY_CODE" || kind === "OTP" || (url !== undefined && placeholdersIn(url).length > 0))
      return undefined;
    const payload = payloads[Math.min(replies, payloads.length - 1)];
    if (kind !== "QUICK_REPLY" || payload === undefined) continue;
    replies += 1;
    wanted.push({ type: "button", subType: "quick_reply", index, parameters: [{ type: "payload", payload }] });
  }
  return wanted;
}

// WhatsApp refuses line breaks, tabs and four spaces in a row; an empty value too.
function onOneLine(value: string): string {
  return value.replace(/\s+/g, " ").trim() || "–";
}
