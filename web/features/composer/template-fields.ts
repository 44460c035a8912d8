import { type Json, listOf, objectOf, textOf } from "../../../shared/json.ts";

/** A place in a template that wants a value. `name` where the template names its places, else they are counted. */
export type TemplateField = {
  key: string;
  part: "header" | "body" | "button" | "media";
  label: string;
  name: string | undefined;
  /** Which button, or which kind of file. */
  button: number;
  media: "image" | "video" | "document" | undefined;
};

export type TemplatePart = {
  header: string;
  body: string;
  footer: string;
  buttons: string[];
  media: string | undefined;
};

const place = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The parts of a template as the vendor keeps it. */
export function partsOf(components: Json): TemplatePart {
  const part = (type: string) => objectOf(listOf(components).find((each) => typeOf(each) === type));
  const header = part("HEADER");
  const format = textOf(header?.format)?.toLowerCase() ?? "text";
  return {
    header: format === "text" ? (textOf(header?.text) ?? "") : "",
    body: textOf(part("BODY")?.text) ?? "",
    footer: textOf(part("FOOTER")?.text) ?? "",
    buttons: listOf(part("BUTTONS")?.buttons).map((button) => textOf(objectOf(button)?.text) ?? ""),
    media: format === "text" || format === "location" ? undefined : format,
  };
}

/** What somebody has to fill in before a template can go. */
export function fieldsOf(components: Json): TemplateField[] {
  const { header, body, media } = partsOf(components);
  return [
    ...(media === "image" || media === "video" || media === "document" ? [mediaField(media)] : []),
    ...placesIn(header).map((name) => textField("header", name)),
    ...placesIn(body).map((name) => textField("body", name)),
    ...linkButtons(components).map(([button, label]) => ({
      ...textField("button", "1"),
      key: `button ${button}`,
      label,
      button,
    })),
  ];
}

export type FieldValues = Record<string, string>;

/** A file stored here, in place of a public address. */
export type HeaderFile = { id: number; name: string };

/** Whether every place has its value. */
export function isComplete(fields: TemplateField[], values: FieldValues, file?: HeaderFile): boolean {
  return fields.every(({ key, part }) => (part === "media" && file !== undefined) || (values[key] ?? "").trim() !== "");
}

/** The template as POST /v1/conversations/{id}/messages takes it. */
export function templateBody(
  template: { name: string; language: string; components: Json },
  values: FieldValues,
  file?: HeaderFile,
): object {
  const fields = fieldsOf(template.components);
  const of = (part: TemplateField["part"]) => fields.filter((field) => field.part === part);
  const header = [
    ...of("media").map((field) => mediaParameter(field, values, file)),
    ...of("header").map((field) => textParameter(field, values)),
  ];
  const body = of("body").map((field) => textParameter(field, values));
  const components = [
    ...(header.length > 0 ? [{ type: "header", parameters: header }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body }] : []),
    ...of("button").map((field) => ({
      type: "button",
      sub_type: "url",
      index: field.button,
      parameters: [{ type: "text", text: values[field.key] ?? "" }],
    })),
  ];
  return { type: "template", template: { name: template.name, language: template.language, components } };
}

/** What the customer is going to read; places without a value keep their braces. */
export function previewOf(components: Json, values: FieldValues): TemplatePart {
  const parts = partsOf(components);
  const filled = (part: "header" | "body", text: string) =>
    text.replace(place, (whole, name: string) => values[`${part} ${name}`] || whole);
  return { ...parts, header: filled("header", parts.header), body: filled("body", parts.body) };
}

function linkButtons(components: Json): [number, string][] {
  const buttons = objectOf(listOf(components).find((each) => typeOf(each) === "BUTTONS"))?.buttons;
  return listOf(buttons).flatMap((value, index): [number, string][] => {
    const button = objectOf(value);
    const url = textOf(button?.url) ?? "";
    return typeOf(value) === "URL" && placesIn(url).length > 0
      ? [[index, `End of the link “${textOf(button?.text) ?? ""}”`]]
      : [];
  });
}

function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(place)].map(([, name]) => name ?? ""))];
}

function textField(part: "header" | "body" | "button", name: string): TemplateField {
  const counted = /^\d+$/.test(name);
  const label = counted ? `Value ${name}` : name.replaceAll("_", " ");
  return { key: `${part} ${name}`, part, label, name: counted ? undefined : name, button: 0, media: undefined };
}

function mediaField(media: "image" | "video" | "document"): TemplateField {
  return { key: "media", part: "media", label: `Address of the ${media}`, name: undefined, button: 0, media };
}

function textParameter({ key, name }: TemplateField, values: FieldValues): object {
  return { type: "text", text: values[key] ?? "", ...(name === undefined ? {} : { name }) };
}

function mediaParameter({ key, media }: TemplateField, values: FieldValues, file: HeaderFile | undefined): object {
  if (file === undefined) return { type: "media", kind: media, media: { link: values[key] ?? "" } };
  return {
    type: "media",
    kind: media,
    media: { media_id: file.id, ...(media === "document" ? { filename: file.name } : {}) },
  };
}

function typeOf(value: unknown): string {
  return textOf(objectOf(value)?.type)?.toUpperCase() ?? "";
}
