import type { Json } from "../../../shared/json.ts";
import { type FieldValues, fieldsOf, type HeaderFiles, type TemplateField } from "./template-fields.ts";
import { partsOf } from "./template-parts.ts";

/** The template as POST /v1/conversations/{id}/messages takes it. */
export function templateBody(
  template: { name: string; language: string; components: Json },
  values: FieldValues,
  files: HeaderFiles = {},
): object {
  const fields = fieldsOf(template.components);
  const of = (card: number | undefined) =>
    componentsOf(
      fields.filter((field) => field.card === card),
      values,
      files,
    );
  const cards = partsOf(template.components).cards.map((_, index) => ({ index, components: of(index) }));
  const components = [...of(undefined), ...(cards.length > 0 ? [{ type: "carousel", cards }] : [])];
  return { type: "template", template: { name: template.name, language: template.language, components } };
}

function componentsOf(fields: TemplateField[], values: FieldValues, files: HeaderFiles): object[] {
  const of = (part: TemplateField["part"]) => fields.filter((field) => field.part === part);
  const given = ({ key }: TemplateField) => values[key] ?? "";
  const place = of("place");
  const header = [
    ...of("media").map((field) => mediaParameter(field, given(field), files[field.key])),
    ...(place.length > 0 ? [placeParameter(place, values)] : []),
    ...of("header").map((field) => textParameter(field, given(field))),
  ];
  const body = [...of("body"), ...of("code")].map((field) => textParameter(field, given(field)));
  return [
    ...(header.length > 0 ? [{ type: "header", parameters: header }] : []),
    ...of("offer").map((field) => ({ type: "limited_time_offer", expires_at_ms: Date.parse(given(field)) })),
    ...(body.length > 0 ? [{ type: "body", parameters: body }] : []),
    // The code stands in the message and on its button.
    ...[...of("link"), ...of("code")].map((field) => button(field, "url", { type: "text", text: given(field) })),
    ...of("coupon").map((field) => button(field, "copy_code", { type: "coupon_code", code: given(field).trim() })),
  ];
}

function button({ button: index }: TemplateField, sub_type: string, parameter: object): object {
  return { type: "button", sub_type, index, parameters: [parameter] };
}

function textParameter({ name }: TemplateField, text: string): object {
  return { type: "text", text, ...(name === undefined ? {} : { name }) };
}

function placeParameter(fields: TemplateField[], values: FieldValues): object {
  const parts = fields.map(({ key, name = "" }) => {
    const value = (values[key] ?? "").trim();
    return [name, name === "latitude" || name === "longitude" ? Number(value) : value] as const;
  });
  return { type: "location", ...Object.fromEntries(parts) };
}

function mediaParameter({ media }: TemplateField, link: string, file: HeaderFiles[string]): object {
  if (file === undefined) return { type: "media", kind: media, media: { link } };
  return {
    type: "media",
    kind: media,
    media: { media_id: file.id, ...(media === "document" ? { filename: file.name } : {}) },
  };
}
