import { type Json, type JsonObject, jsonObjectOf, textOf } from "../../../shared/json.ts";

export type TemplateButton = { kind: string; text: string; url?: string; fields: JsonObject };

/** A template's own words, read from the vendor's components whatever their letter case. */
export type TemplateParts = {
  header: { format: string; text: string; fields: JsonObject } | undefined;
  /** An authentication template's body is the vendor's: no text of ours. */
  body: { text: string; fields: JsonObject } | undefined;
  footer: string | undefined;
  buttons: TemplateButton[];
  limitedTimeOffer: JsonObject | undefined;
  cards: TemplateParts[];
};

export function templateParts(components: Json): TemplateParts {
  const list = objectsOf(components);
  const find = (type: string) => list.find((component) => textOf(component.type)?.toUpperCase() === type);
  const header = find("HEADER");
  const body = find("BODY");
  return {
    header: header && {
      format: (textOf(header.format) ?? "TEXT").toUpperCase(),
      text: textOf(header.text) ?? "",
      fields: header,
    },
    body: body && { text: textOf(body.text) ?? "", fields: body },
    footer: textOf(find("FOOTER")?.text),
    buttons: objectsOf(find("BUTTONS")?.buttons).map(buttonOf),
    limitedTimeOffer: jsonObjectOf(find("LIMITED_TIME_OFFER")?.limited_time_offer),
    cards: objectsOf(find("CAROUSEL")?.cards).map((card) => templateParts(card.components ?? [])),
  };
}

export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map(jsonObjectOf).filter((item) => item !== undefined) : [];
}

/** The names between the braces, each once, in order: "1", "2" or "first_name". */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g)].map(([, name]) => name ?? ""))];
}

function buttonOf(fields: JsonObject): TemplateButton {
  const url = textOf(fields.url);
  return {
    kind: (textOf(fields.type) ?? "").toUpperCase(),
    text: textOf(fields.text) ?? "",
    ...(url === undefined ? {} : { url }),
    fields,
  };
}
