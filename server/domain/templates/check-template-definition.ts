import { type Json, jsonObjectOf, numberOf, textOf } from "../../../shared/json.ts";
import type { FieldProblem } from "../domain-error.ts";
import { checkTemplateButtons } from "./check-template-buttons.ts";
import { objectsOf, placeholdersIn, type TemplateParts, templateParts } from "./template-parts.ts";

export type TemplateDefinition = {
  name: string;
  language: string;
  category: "MARKETING" | "UTILITY" | "AUTHENTICATION";
  parameterFormat: "NAMED" | "POSITIONAL";
  components: Json;
};

const componentTypes = ["HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER"];

/** What WhatsApp would refuse, said before it is asked: it allows a hundred tries an hour. */
export function checkTemplateDefinition(definition: TemplateDefinition): FieldProblem[] {
  const { name, language, category, components } = definition;
  const parts = templateParts(components);
  return [
    ...(/^[a-z0-9_]{1,512}$/.test(name)
      ? []
      : [{ path: "name", message: "name takes a-z, 0-9 and _ only, 512 at most" }]),
    ...(/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language)
      ? []
      : [{ path: "language", message: 'language is a code as "en" or "pt_BR"' }]),
    ...checkTypes(components),
    ...checkHeader(parts),
    ...(category === "AUTHENTICATION" ? checkAuthentication(parts) : checkBody(definition, parts, 1024, "body")),
    ...checkFooter(parts),
    ...checkTemplateButtons(parts.buttons, "buttons"),
    ...checkOffer(parts),
    ...checkCards(definition, parts),
  ];
}

function checkTypes(components: Json): FieldProblem[] {
  const types = objectsOf(components).map((component) => (textOf(component.type) ?? "").toUpperCase());
  const unknown = types.find((type) => !componentTypes.includes(type));
  if (unknown !== undefined) return [at("", `a component's type is one of ${componentTypes.join(", ")}`)];
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  return twice === undefined ? [] : [at("", `there is more than one ${twice}`)];
}

function checkHeader({ header }: TemplateParts, place = "header"): FieldProblem[] {
  if (header === undefined) return [];
  const { format, text, fields } = header;
  const example = jsonObjectOf(fields.example) ?? {};
  switch (format) {
    case "TEXT": {
      const names = placeholdersIn(text);
      const given = examplesIn(example, "header_text");
      return [
        ...lengthOf(text, 60, place),
        ...(names.length <= 1 ? [] : [at(place, "the header takes one value at most")]),
        ...(names.length === given.length ? [] : [at(place, "the header's value needs an example")]),
      ];
    }
    case "IMAGE":
    case "VIDEO":
    case "DOCUMENT":
      return example.header_handle === undefined && numberOf(example.media_id) === undefined
        ? [at(place, `the ${format} header needs an example (media_id of a file stored here, or header_handle)`)]
        : [];
    case "LOCATION":
      return [];
    default:
      return [at(place, "the header's format is TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION")];
  }
}

function checkBody(
  definition: TemplateDefinition,
  { body }: TemplateParts,
  limit: number,
  place: string,
): FieldProblem[] {
  if (body === undefined) return [at(place, "the body is missing")];
  const { text, fields } = body;
  const names = placeholdersIn(text);
  const examples = examplesIn(jsonObjectOf(fields.example) ?? {}, "body_text");
  const isNamed = definition.parameterFormat === "NAMED";
  const wellNamed = isNamed
    ? names.every((name) => /^[a-z_][a-z0-9_]*$/.test(name))
    : names.every((name, index) => name === String(index + 1));
  const wanted = isNamed ? "named values are of a-z, 0-9 and _" : "values are numbered {{1}}, {{2}} … without a gap";
  return [
    ...lengthOf(text, limit, place),
    ...(wellNamed ? [] : [at(place, wanted)]),
    ...(names.length === examples.length ? [] : [at(place, `each of the ${names.length} values needs an example`)]),
    ...(/^\s*\{\{[^}]*\}\}|\{\{[^}]*\}\}\s*$/.test(text)
      ? [at(place, "the body must not begin or end with a value")]
      : []),
  ];
}

function checkAuthentication({ body, buttons, header }: TemplateParts): FieldProblem[] {
  return [
    ...(body === undefined ? [at("body", "the body is missing")] : []),
    ...(body && body.text !== "" ? [at("body", "WhatsApp writes the text of authentication templates itself")] : []),
    ...(header ? [at("header", "authentication templates have no header")] : []),
    ...(buttons.some(({ kind }) => kind === "OTP")
      ? []
      : [at("buttons", "an authentication template needs an OTP button")]),
  ];
}

function checkFooter({ footer }: TemplateParts): FieldProblem[] {
  if (footer === undefined) return [];
  const hasValues = placeholdersIn(footer).length > 0;
  return [...lengthOf(footer, 60, "footer"), ...(hasValues ? [at("footer", "the footer takes no values")] : [])];
}

function checkOffer({ limitedTimeOffer, footer }: TemplateParts): FieldProblem[] {
  if (limitedTimeOffer === undefined) return [];
  const footerProblem = footer === undefined ? [] : [at("footer", "a limited-time offer has no footer")];
  return [...lengthOf(textOf(limitedTimeOffer.text) ?? "", 16, "limited_time_offer"), ...footerProblem];
}

function checkCards(definition: TemplateDefinition, { cards }: TemplateParts): FieldProblem[] {
  if (cards.length === 0) return [];
  if (cards.length > 10) return [at("carousel", "a carousel has ten cards at most")];
  return cards.flatMap((card, index) => {
    const place = `carousel.${index}`;
    const hasMedia = card.header !== undefined && ["IMAGE", "VIDEO"].includes(card.header.format);
    return [
      ...(hasMedia ? checkHeader(card, `${place}.header`) : [at(place, "each card begins with an image or a video")]),
      ...(card.body === undefined ? [] : checkBody(definition, card, 160, `${place}.body`)),
      ...checkTemplateButtons(card.buttons, `${place}.buttons`),
    ];
  });
}

/** header_text: ["Ana"]; body_text: [["Ana", "25"]]; …_named_params: [{param_name, example}]. */
function examplesIn(example: Record<string, Json>, key: "header_text" | "body_text"): Json[] {
  const named = example[`${key}_named_params`];
  if (Array.isArray(named)) return named;
  const list = example[key];
  if (!Array.isArray(list)) return list === undefined ? [] : [list];
  const [first] = list;
  return Array.isArray(first) ? first : list;
}

function lengthOf(text: string, limit: number, place: string): FieldProblem[] {
  const { length } = Array.from(text);
  return length >= 1 && length <= limit ? [] : [at(place, `the text is 1 to ${limit} characters long`)];
}

function at(place: string, message: string): FieldProblem {
  return { path: place === "" ? "components" : `components.${place}`, message };
}
