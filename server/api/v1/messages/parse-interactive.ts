import type { HeaderBody, InteractiveBody } from "../../../../shared/v1/message.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { InteractiveContent, InteractiveHeader } from "../../../domain/sends/outgoing-content.ts";
import { needed, parseMedia } from "./parse-content.ts";

export function parseInteractive(body: InteractiveBody): InteractiveContent {
  const { kind, footer } = body;
  const header = body.header && parseHeader(body.header);
  if (kind === "vendor") {
    const { body: text, type, action } = body;
    const required = { type: needed("interactive.type", type), action: needed("interactive.action", action) };
    return { ...required, ...withoutUndefined({ kind, body: text, header, footer }) };
  }
  const frame = { body: needed("interactive.body", body.body), ...withoutUndefined({ header, footer }) };
  switch (kind) {
    case "button":
      return { ...frame, kind, buttons: needed("interactive.buttons", body.buttons) };
    case "list":
      return {
        ...frame,
        kind,
        button: needed("interactive.button", body.button),
        sections: needed("interactive.sections", body.sections),
      };
    case "cta_url":
      return {
        ...frame,
        kind,
        label: needed("interactive.label", body.label),
        url: needed("interactive.url", body.url),
      };
    case "location_request_message":
    case "request_contact_info":
      return { ...frame, kind };
  }
}

function parseHeader({ type, text, media }: HeaderBody): InteractiveHeader {
  if (type === "text") return { type, text: needed("interactive.header.text", text) };
  if (!media) throw invalid("interactive.header.media", "interactive.header.media is required");
  const { filename, ...place } = media;
  return withoutUndefined({ type, media: parseMedia("interactive.header.media", place), filename });
}
