import type { Json } from "../../../shared/json.ts";
import type { TemplateComponent, TemplateParameter } from "../sends/outgoing-content.ts";
import { placeholdersIn, type TemplateParts, templateParts } from "./template-parts.ts";

export type RenderedTemplate = {
  header: string | null;
  body: string;
  footer: string | null;
  buttons: { kind: string; text: string; url: string | null }[];
  cards: RenderedTemplate[];
  /** Header, body and footer as one text: what stands in the conversation. */
  text: string;
};

/** A template as the person will read it. What no value was given for keeps its braces. */
export function renderTemplate(components: Json, given: TemplateComponent[]): RenderedTemplate {
  return render(templateParts(components), given);
}

function render(parts: TemplateParts, given: TemplateComponent[]): RenderedTemplate {
  const header = parts.header?.format === "TEXT" ? fill(parts.header.text, valuesOf(given, "header")) : null;
  const body = fill(parts.body?.text ?? "", valuesOf(given, "body"));
  const footer = parts.footer ?? null;
  const carousel = given.find((component) => component.type === "carousel");
  return {
    header,
    body,
    footer,
    buttons: parts.buttons.map(({ kind, text, url }, index) => ({
      kind: kind.toLowerCase(),
      text,
      url: url === undefined ? null : fill(url, buttonValues(given, index)),
    })),
    cards: parts.cards.map((card, index) =>
      render(card, carousel?.cards.find((one) => one.index === index)?.components ?? []),
    ),
    text: [header, body, footer].filter((part) => part !== null && part !== "").join("\n\n"),
  };
}

function valuesOf(given: TemplateComponent[], type: "header" | "body"): TemplateParameter[] {
  return given.flatMap((component) => (component.type === type ? component.parameters : []));
}

function buttonValues(given: TemplateComponent[], index: number): TemplateParameter[] {
  return given.flatMap((component) =>
    component.type === "button" && component.index === index ? component.parameters : [],
  );
}

/** Named values by their name, the others by their number, whichever stands first. */
function fill(text: string, values: TemplateParameter[]): string {
  const names = placeholdersIn(text);
  return text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (braces, name: string) => {
    const named = values.find((value) => "name" in value && value.type !== "location" && value.name === name);
    const value = named ?? values[/^\d+$/.test(name) ? Number(name) - 1 : names.indexOf(name)];
    return (value && wordsOf(value)) ?? braces;
  });
}

function wordsOf(value: TemplateParameter): string | undefined {
  switch (value.type) {
    case "text":
      return value.text;
    case "currency":
    case "date_time":
      return value.fallback;
    case "coupon_code":
      return value.code;
    case "payload":
      return value.payload;
    case "media":
    case "location":
    case "action":
    case "product":
      return undefined;
  }
}
