import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx } from "../../domain/context.ts";
import type { PhoneView } from "../../domain/simulator/phone-view.ts";
import { findSimulatedTemplate, type SimulatedTemplate } from "../../domain/simulator/simulated-templates.ts";
import { checkMedia } from "./check-media.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { missing } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";
import { objectsIn } from "./objects-in.ts";
import { templateButtons } from "./template-buttons.ts";

type Fields = Record<string, unknown>;

/** A template as the phone shows it, with its parameters filled in; refused where Meta would. */
export async function checkTemplate(ctx: Ctx, value: unknown): Promise<{ view: PhoneView; category: string }> {
  const sent = objectOf(value);
  const name = textOf(sent?.name);
  const language = textOf(objectOf(sent?.language)?.code);
  if (name === undefined) throw missing("template['name']");
  if (language === undefined) throw missing("template['language']['code']");
  const template = await usableTemplate(ctx, name, language);
  const components = objectsIn(template.components);
  const given = objectsIn(sent?.components);
  const footer = textOf(componentOf(components, "footer")?.text);
  const buttons = templateButtons(listOf(componentOf(components, "buttons")?.buttons), given);
  const view = withoutUndefined({
    ...(await headerOf(ctx, components, given)),
    text: [bodyOf(components, given), ...cardTexts(components, given)].join("\n\n"),
    footer,
    buttons: buttons.length === 0 ? undefined : buttons,
    template: name,
  });
  return { view, category: template.category.toLowerCase() };
}

async function usableTemplate(ctx: Ctx, name: string, language: string): Promise<SimulatedTemplate> {
  const template = await findSimulatedTemplate(ctx, name, language);
  if (template?.status === "PAUSED") throw new GraphRefusal(132015, "The template is paused due to low quality.");
  if (template?.status === "DISABLED") throw new GraphRefusal(132016, "The template has been disabled.");
  if (template?.status !== "APPROVED")
    throw new GraphRefusal(132001, `template name (${name}) does not exist in ${language}`);
  return template;
}

async function headerOf(
  ctx: Ctx,
  components: Fields[],
  given: Fields[],
): Promise<Pick<PhoneView, "header" | "media" | "place">> {
  const header = componentOf(components, "header");
  const parameters = listOf(componentOf(given, "header")?.parameters);
  const format = textOf(header?.format)?.toLowerCase() ?? "text";
  if (header === undefined || format === "text") {
    const text = fillPlaceholders(textOf(header?.text) ?? "", parameters, "header");
    return text === "" ? {} : { header: text };
  }
  const parameter = objectOf(parameters[0]);
  const received = textOf(parameter?.type) ?? "unknown";
  if (received !== format) {
    const mismatch = `expected ${format.toUpperCase()}, received ${received.toUpperCase()}`;
    throw new GraphRefusal(132012, `header: Format mismatch, ${mismatch}`);
  }
  if (format === "image" || format === "video" || format === "document")
    return { media: await checkMedia(ctx, format, parameter?.[format]) };
  const place = objectOf(parameter?.location);
  return {
    place: { latitude: Number(place?.latitude), longitude: Number(place?.longitude), name: textOf(place?.name) ?? "" },
  };
}

function bodyOf(components: Fields[], given: Fields[]): string {
  const template = textOf(componentOf(components, "body")?.text) ?? "";
  const text = fillPlaceholders(template, listOf(componentOf(given, "body")?.parameters), "body");
  if (Array.from(text).length > 1024) throw new GraphRefusal(132005, "body: Translated text exceeds 1024 characters");
  return text;
}

/** A carousel's cards, one below the other. */
function cardTexts(components: Fields[], given: Fields[]): string[] {
  const sent = listOf(componentOf(given, "carousel")?.cards).map(objectOf);
  return listOf(componentOf(components, "carousel")?.cards).flatMap((item, index) => {
    const card = objectsIn(objectOf(item)?.components);
    const parts = objectsIn(sent[index]?.components);
    const text = textOf(componentOf(card, "body")?.text);
    return text === undefined
      ? []
      : [fillPlaceholders(text, listOf(componentOf(parts, "body")?.parameters), `card ${index}`)];
  });
}

function componentOf(components: Fields[], type: string): Fields | undefined {
  return components.find((component) => textOf(component.type)?.toLowerCase() === type);
}
