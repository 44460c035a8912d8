import type { Json, JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InteractiveContent, InteractiveHeader } from "../../domain/sends/outgoing-content.ts";
import { mediaReference, type VendorMedia } from "./media-reference.ts";

export function interactiveRequest(content: InteractiveContent, uploaded: VendorMedia): JsonObject {
  const { header, body, footer } = content;
  return {
    type: content.kind === "vendor" ? content.type : content.kind,
    ...(header === undefined ? {} : { header: headerRequest(header, uploaded) }),
    ...(body === undefined ? {} : { body: { text: body } }),
    ...(footer === undefined ? {} : { footer: { text: footer } }),
    action: actionOf(content),
  };
}

function headerRequest(header: InteractiveHeader, uploaded: VendorMedia): JsonObject {
  if (header.type === "text") return { type: "text", text: header.text };
  const { type, media, filename } = header;
  return { type, [type]: { ...mediaReference(media, uploaded), ...withoutUndefined({ filename }) } };
}

function actionOf(content: InteractiveContent): Json {
  switch (content.kind) {
    case "button":
      return { buttons: content.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) };
    case "list":
      return {
        button: content.button,
        sections: content.sections.map(({ title, rows }) => ({
          ...withoutUndefined({ title }),
          rows: rows.map(({ id, title: rowTitle, description }) => ({
            id,
            title: rowTitle,
            ...withoutUndefined({ description }),
          })),
        })),
      };
    case "cta_url":
      return { name: "cta_url", parameters: { display_text: content.label, url: content.url } };
    case "location_request_message":
      return { name: "send_location" };
    case "request_contact_info":
      return { name: "request_contact_info" };
    case "vendor":
      return content.action;
  }
}
