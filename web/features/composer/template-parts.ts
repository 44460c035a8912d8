import { type Json, jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";

/** A template as the vendor keeps it, in the parts that a customer sees. */
export type TemplateParts = {
  header: string;
  body: string;
  footer: string;
  buttons: string[];
  /** What the header shows besides text: image, video, document or location. */
  media: string | undefined;
  /** An authentication template: the vendor writes the words around the code. */
  isCode: boolean;
  offerEnds: boolean;
  /** The components of each card of a carousel. */
  cards: Json[];
};

const place = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

export function partsOf(components: Json): TemplateParts {
  const header = componentOf(components, "HEADER");
  const format = textOf(header?.format)?.toLowerCase() ?? "text";
  const buttons = listOf(componentOf(components, "BUTTONS")?.buttons);
  const offer = objectOf(componentOf(components, "LIMITED_TIME_OFFER")?.limited_time_offer);
  return {
    header: format === "text" ? (textOf(header?.text) ?? "") : "",
    body: textOf(componentOf(components, "BODY")?.text) ?? "",
    footer: textOf(componentOf(components, "FOOTER")?.text) ?? "",
    buttons: buttons.map((button) => textOf(objectOf(button)?.text) ?? copyWords(button)),
    media: format === "text" ? undefined : format,
    isCode: buttons.some((button) => typeOf(button) === "OTP"),
    offerEnds: offer?.has_expiration === true,
    cards: listOf(componentOf(components, "CAROUSEL")?.cards).map((card) => jsonOf(objectOf(card)?.components)),
  };
}

export type TemplateLook = Pick<TemplateParts, "header" | "body" | "footer" | "buttons" | "media"> & {
  cards: TemplateLook[];
};

/** What the customer is going to read; places without a value keep their braces. */
export function previewOf(components: Json, values: Record<string, string>, prefix = ""): TemplateLook {
  const { header, body, footer, buttons, media, isCode, cards } = partsOf(components);
  const filled = (part: "header" | "body", text: string) =>
    text.replace(place, (whole, name: string) => values[`${prefix}${part} ${name}`] || whole);
  return {
    header: filled("header", header),
    body: isCode ? withCode(body, values.code) : filled("body", body),
    footer: isCode && body === "" ? "WhatsApp writes the words around the code." : footer,
    buttons,
    media,
    cards: cards.map((card, index) => previewOf(card, values, `card ${index} `)),
  };
}

/** The vendor's own words; unknown to us until a sync has brought them. */
function withCode(body: string, code: string | undefined): string {
  return (body || "{{1}}").replace(place, (whole) => code || whole);
}

export function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(place)].map(([, name]) => name ?? ""))];
}

export function componentOf(components: Json, type: string): Record<string, unknown> | undefined {
  return objectOf(listOf(components).find((each) => typeOf(each) === type));
}

export function typeOf(value: unknown): string {
  return textOf(objectOf(value)?.type)?.toUpperCase() ?? "";
}

// WhatsApp names that button itself.
function copyWords(button: unknown): string {
  return typeOf(button) === "COPY_CODE" ? "Copy offer code" : "";
}
