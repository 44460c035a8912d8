import { type Json, type JsonObject, listOf, objectOf, textOf } from "../../../../shared/json.ts";
import type { InteractiveContent, OutgoingContent, OutgoingMedia, TemplateParameter } from "../outgoing-content.ts";
import { headerView, mediaPlace, templateFrame } from "./frame-view.ts";

/** The line of a thread: what a person reads of it, and what stands beside the text. In the shape that incoming messages have. */
export type ReadView = { type: string; text: string | null; payload: JsonObject | null };

/** What our message looks like in the thread. A template is shown in its own words, with the values put in. */
export function whatIsRead(content: OutgoingContent, templateComponents: Json): ReadView {
  const { type } = content;
  switch (content.type) {
    case "text":
      return { type, text: content.text, payload: null };
    case "email":
      return { type, text: content.text, payload: { details: { subject: content.subject } } };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return { type, text: content.caption ?? null, payload: { media: mediaView(content) } };
    case "location": {
      const { latitude, longitude, name, address } = content;
      const details = { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) };
      return { type, text: name ?? address ?? null, payload: { details } };
    }
    case "contacts":
      return { type, text: null, payload: { details: content.contacts } };
    case "interactive":
      return {
        type,
        text: content.interactive.body ?? null,
        payload: { details: interactiveView(content.interactive) },
      };
    case "template": {
      const { name, language } = content;
      const details = { name, language, ...templateFrame(content, templateComponents) };
      return { type, text: templateText(content, templateComponents), payload: { details } };
    }
    case "reaction":
      return {
        type,
        text: content.emoji === "" ? null : content.emoji,
        payload: { reacts_to: content.messageProviderId },
      };
  }
}

function mediaView({
  media,
  caption,
  filename,
  voice,
}: Extract<OutgoingContent, { media: OutgoingMedia }>): JsonObject {
  return {
    ...mediaPlace(media),
    ...(caption === undefined ? {} : { caption }),
    ...(filename === undefined ? {} : { filename }),
    ...(voice ? { voice } : {}),
  };
}

function interactiveView(interactive: InteractiveContent): JsonObject {
  const { kind, header, footer } = interactive;
  const common = {
    kind,
    ...(header === undefined ? {} : { header: headerView(header) }),
    ...(footer === undefined ? {} : { footer }),
  };
  switch (interactive.kind) {
    case "button":
      return { ...common, buttons: interactive.buttons };
    case "list":
      return {
        ...common,
        button: interactive.button,
        sections: interactive.sections.map(({ title, rows }) => ({
          title: title ?? null,
          rows: rows.map((row) => ({ ...row })),
        })),
      };
    case "cta_url":
      return { ...common, label: interactive.label, url: interactive.url };
    case "location_request_message":
    case "request_contact_info":
      return common;
    case "vendor":
      return { ...common, type: interactive.type, action: interactive.action };
  }
}

function templateText({ name, components }: Extract<OutgoingContent, { type: "template" }>, own: Json): string {
  const body = listOf(own)
    .map(objectOf)
    .find((item) => textOf(item?.type)?.toUpperCase() === "BODY");
  const wording = textOf(body?.text);
  const values = components
    .flatMap((component) => (component.type === "body" ? component.parameters : []))
    .map(readValue);
  if (wording === undefined)
    return values.length === 0 ? name : `${name}: ${values.map(({ text }) => text).join(", ")}`;
  return wording.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, key: string) => {
    const named = values.find((value) => value.name === key);
    return (named ?? values[Number(key) - 1])?.text ?? whole;
  });
}

function readValue(parameter: TemplateParameter): { name: string | undefined; text: string } {
  switch (parameter.type) {
    case "text":
      return { name: parameter.name, text: parameter.text };
    case "currency":
    case "date_time":
      return { name: parameter.name, text: parameter.fallback };
    case "location":
      return { name: undefined, text: parameter.name ?? `${parameter.latitude}, ${parameter.longitude}` };
    case "coupon_code":
      return { name: undefined, text: parameter.code };
    case "payload":
    case "media":
    case "action":
    case "product":
      return { name: undefined, text: "" };
  }
}
