import type {
  InteractiveContent,
  InteractiveHeader,
  MediaKind,
  OutgoingContent,
  OutgoingMedia,
  TemplateComponent,
  TemplateParameter,
} from "../../../server/domain/sends/outgoing-content.ts";
import { jsonObjectOf, jsonOf, listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";

type Fields = Record<string, unknown>;

const mediaKinds: MediaKind[] = ["image", "video", "audio", "document", "sticker"];

/** A Graph request read back into what the product would be asked to send. Only for comparing. */
export function readContent(request: Fields): OutgoingContent {
  const kind = mediaKinds.find((word) => request[word] !== undefined);
  if (kind) return readMedia(kind, fieldsIn(request[kind]));
  if (request.text !== undefined) return readText(fieldsIn(request.text));
  if (request.location !== undefined) return { type: "location", ...readPlace(fieldsIn(request.location)) };
  if (request.contacts !== undefined) return { type: "contacts", contacts: listOf(request.contacts).map(jsonOf) };
  if (request.reaction !== undefined) return readReaction(fieldsIn(request.reaction));
  if (request.interactive !== undefined)
    return { type: "interactive", interactive: readInteractive(fieldsIn(request.interactive)) };
  return readTemplate(fieldsIn(request.template));
}

function readText(text: Fields): OutgoingContent {
  const previewUrl = typeof text.preview_url === "boolean" ? text.preview_url : undefined;
  return { type: "text", text: wordIn(text.body), ...withoutUndefined({ previewUrl }) };
}

function readMedia(type: MediaKind, media: Fields): OutgoingContent {
  const { caption, filename } = { caption: textOf(media.caption), filename: textOf(media.filename) };
  return { type, media: referenceIn(media), ...withoutUndefined({ caption, filename }) };
}

function referenceIn(media: Fields): OutgoingMedia {
  const id = textOf(media.id);
  return id === undefined ? { link: wordIn(media.link) } : { providerMediaId: id };
}

function readPlace(place: Fields) {
  const { name, address } = { name: textOf(place.name), address: textOf(place.address) };
  const [latitude, longitude] = [numberOf(place.latitude) ?? 0, numberOf(place.longitude) ?? 0];
  return { latitude, longitude, ...withoutUndefined({ name, address }) };
}

function readReaction(reaction: Fields): OutgoingContent {
  return { type: "reaction", messageProviderId: wordIn(reaction.message_id), emoji: wordIn(reaction.emoji) };
}

function readInteractive(interactive: Fields): InteractiveContent {
  const action = fieldsIn(interactive.action);
  const body = textOf(objectOf(interactive.body)?.text);
  const frame = withoutUndefined({
    header: readHeader(objectOf(interactive.header)),
    footer: textOf(objectOf(interactive.footer)?.text),
  });
  switch (interactive.type) {
    case "button": {
      const buttons = listOf(action.buttons).map((item) => {
        const reply = fieldsIn(fieldsIn(item).reply);
        return { id: wordIn(reply.id), title: wordIn(reply.title) };
      });
      return { kind: "button", body: body ?? "", ...frame, buttons };
    }
    case "list":
      return {
        kind: "list",
        body: body ?? "",
        ...frame,
        button: wordIn(action.button),
        sections: listOf(action.sections).map((item) => readSection(fieldsIn(item))),
      };
    default:
      return {
        kind: "vendor",
        type: wordIn(interactive.type),
        ...withoutUndefined({ body }),
        ...frame,
        action: jsonOf(action),
      };
  }
}

function readSection(section: Fields) {
  const rows = listOf(section.rows).map((item) => {
    const row = fieldsIn(item);
    const description = textOf(row.description);
    return { id: wordIn(row.id), title: wordIn(row.title), ...withoutUndefined({ description }) };
  });
  return { ...withoutUndefined({ title: textOf(section.title) }), rows };
}

function readHeader(header: Fields | undefined): InteractiveHeader | undefined {
  if (!header) return undefined;
  const type = header.type;
  if (type === "image" || type === "video" || type === "document")
    return { type, media: referenceIn(fieldsIn(header[type])) };
  return { type: "text", text: wordIn(header.text) };
}

function readTemplate(template: Fields): OutgoingContent {
  return {
    type: "template",
    name: wordIn(template.name),
    language: wordIn(objectOf(template.language)?.code),
    components: listOf(template.components).map((item) => readComponent(fieldsIn(item))),
  };
}

function readComponent(component: Fields): TemplateComponent {
  const parameters = listOf(component.parameters).map((item) => readParameter(fieldsIn(item)));
  if (component.type === "button")
    return { type: "button", subType: wordIn(component.sub_type), index: numberOf(component.index) ?? 0, parameters };
  return { type: component.type === "header" ? "header" : "body", parameters };
}

function readParameter(parameter: Fields): TemplateParameter {
  const currency = fieldsIn(parameter.currency);
  const { fallback_value: fallback, ...parts } = fieldsIn(parameter.date_time);
  switch (parameter.type) {
    case "currency":
      return {
        type: "currency",
        fallback: wordIn(currency.fallback_value),
        code: wordIn(currency.code),
        amount1000: numberOf(currency.amount_1000) ?? 0,
      };
    case "date_time":
      return { type: "date_time", fallback: wordIn(fallback), parts: jsonObjectOf(jsonOf(parts)) ?? {} };
    case "image":
      return { type: "media", kind: "image", media: referenceIn(fieldsIn(parameter.image)) };
    case "payload":
      return { type: "payload", payload: wordIn(parameter.payload) };
    case "action":
      return { type: "action", action: jsonOf(parameter.action) };
    default:
      return { type: "text", text: wordIn(parameter.text) };
  }
}

function fieldsIn(value: unknown): Fields {
  return objectOf(value) ?? {};
}

function wordIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
