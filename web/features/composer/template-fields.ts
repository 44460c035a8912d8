import { type Json, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { componentOf, partsOf, placesIn, typeOf } from "./template-parts.ts";

type Media = "image" | "video" | "document";

/** A place in a template that wants a value. `name` where the template names its places, else they are counted. */
export type TemplateField = {
  key: string;
  part: "media" | "header" | "place" | "offer" | "body" | "code" | "link" | "coupon";
  label: string;
  name: string | undefined;
  /** Which button, or which kind of file. */
  button: number;
  media: Media | undefined;
  /** Which card of a carousel. */
  card: number | undefined;
};

export type FieldValues = Record<string, string>;

/** Files stored here, in place of public addresses, by the field they fill. */
export type HeaderFiles = Record<string, HeaderFile | undefined>;

export type HeaderFile = { id: number; name: string };

/** What somebody has to fill in before a template can go. */
export function fieldsOf(components: Json): TemplateField[] {
  const { cards } = partsOf(components);
  return [...fieldsOfPart(components, undefined), ...cards.flatMap((card, index) => fieldsOfPart(card, index))];
}

/** What the picker has no field for: such a template goes by the API only. */
export function isBeyondFields(components: Json): boolean {
  const { cards } = partsOf(components);
  const kinds = buttonsOf(components).map(typeOf);
  const format = textOf(componentOf(components, "HEADER")?.format)?.toUpperCase();
  return format === "PRODUCT" || kinds.includes("MPM") || kinds.includes("SPM") || cards.some(isBeyondFields);
}

/** Whether every place has its value. */
export function isComplete(fields: TemplateField[], values: FieldValues, files: HeaderFiles = {}): boolean {
  return fields.every((field) => (field.part === "media" && files[field.key]) || isFilled(field, values));
}

function isFilled({ key, part, name }: TemplateField, values: FieldValues): boolean {
  const value = (values[key] ?? "").trim();
  if (value === "") return false;
  if (part === "offer") return Number.isFinite(Date.parse(value));
  if (part !== "place" || (name !== "latitude" && name !== "longitude")) return true;
  return Math.abs(Number(value)) <= (name === "latitude" ? 90 : 180);
}

function fieldsOfPart(components: Json, card: number | undefined): TemplateField[] {
  const { header, body, media, isCode, offerEnds } = partsOf(components);
  const buttons = buttonsOf(components);
  const field = (part: TemplateField["part"], key: string, label: string, rest: Partial<TemplateField> = {}) => ({
    key: card === undefined ? key : `card ${card} ${key}`,
    part,
    label: card === undefined ? label : `Card ${card + 1}: ${label}`,
    name: undefined,
    button: 0,
    media: undefined,
    card,
    ...rest,
  });
  const text = (part: "header" | "body", name: string) => {
    const counted = /^\d+$/.test(name);
    const label = counted ? `Value ${name}` : name.replaceAll("_", " ");
    return field(part, `${part} ${name}`, label, { name: counted ? undefined : name });
  };
  return [
    ...(isFile(media) ? [field("media", "media", `Address of the ${media}`, { media })] : []),
    ...(media === "location"
      ? placeParts.map((name) => field("place", `place ${name}`, placeLabels[name], { name }))
      : []),
    ...placesIn(header).map((name) => text("header", name)),
    ...(offerEnds ? [field("offer", "offer", "The offer ends")] : []),
    ...(isCode
      ? [field("code", "code", "Code", { button: buttons.findIndex((button) => typeOf(button) === "OTP") })]
      : placesIn(body).map((name) => text("body", name))),
    ...buttons.flatMap((button, index) => {
      const { part, label } = fieldOfButton(button) ?? {};
      return part && label ? [field(part, `button ${index}`, label, { button: index })] : [];
    }),
  ];
}

const placeParts = ["latitude", "longitude", "name", "address"] as const;
const placeLabels = { latitude: "Latitude", longitude: "Longitude", name: "Name of the place", address: "Address" };

function fieldOfButton(value: unknown): { part: "link" | "coupon"; label: string } | undefined {
  const button = objectOf(value);
  const kind = typeOf(value);
  if (kind === "COPY_CODE") return { part: "coupon", label: "Code to copy" };
  if (kind !== "URL" || placesIn(textOf(button?.url) ?? "").length === 0) return undefined;
  return { part: "link", label: `End of the link “${textOf(button?.text) ?? ""}”` };
}

function buttonsOf(components: Json): unknown[] {
  return listOf(componentOf(components, "BUTTONS")?.buttons);
}

function isFile(media: string | undefined): media is Media {
  return media === "image" || media === "video" || media === "document";
}
