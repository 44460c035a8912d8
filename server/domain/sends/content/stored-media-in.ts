import type {
  InteractiveContent,
  MediaKind,
  OutgoingContent,
  OutgoingMedia,
  TemplateComponent,
  TemplateParameter,
} from "../outgoing-content.ts";

/** One of our stored files in a message: as what it is sent, and where it stands in the request. */
export type StoredMediaUse = { mediaId: number; kind: MediaKind; path: string };

/** The stored files that a message carries; the vendor has to have them before the message goes out. */
export function storedMediaIn(content: OutgoingContent): StoredMediaUse[] {
  switch (content.type) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return stored(content.type, content.media, `${content.type}.mediaId`);
    case "interactive":
      return inHeader(content.interactive);
    case "template":
      return content.components.flatMap(inComponent);
    case "text":
    case "email":
    case "location":
    case "contacts":
    case "reaction":
      return [];
  }
}

function inHeader({ header }: InteractiveContent): StoredMediaUse[] {
  return header && header.type !== "text" ? stored(header.type, header.media, "interactive.header") : [];
}

function inComponent(component: TemplateComponent): StoredMediaUse[] {
  switch (component.type) {
    case "header":
    case "body":
    case "button":
      return component.parameters.flatMap(inParameter);
    case "carousel":
      return component.cards.flatMap((card) => card.components.flatMap(inComponent));
    case "limited_time_offer":
      return [];
  }
}

function inParameter(parameter: TemplateParameter): StoredMediaUse[] {
  return parameter.type === "media" ? stored(parameter.kind, parameter.media, "template.components") : [];
}

function stored(kind: MediaKind, media: OutgoingMedia, path: string): StoredMediaUse[] {
  return "mediaId" in media ? [{ mediaId: media.mediaId, kind, path }] : [];
}
