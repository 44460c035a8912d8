import type {
  InteractiveContent,
  OutgoingContent,
  OutgoingMedia,
  TemplateComponent,
  TemplateParameter,
} from "../../domain/sends/outgoing-content.ts";

/** The stored files that a message carries, each once; the vendor has to have them before the message goes out. */
export function mediaInContent(content: OutgoingContent): number[] {
  return [...new Set(mediaOf(content).flatMap((media) => ("mediaId" in media ? [media.mediaId] : [])))];
}

function mediaOf(content: OutgoingContent): OutgoingMedia[] {
  switch (content.type) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return [content.media];
    case "interactive":
      return mediaOfHeader(content.interactive);
    case "template":
      return content.components.flatMap(mediaOfComponent);
    case "text":
    case "location":
    case "contacts":
    case "reaction":
      return [];
  }
}

function mediaOfHeader({ header }: InteractiveContent): OutgoingMedia[] {
  return header && header.type !== "text" ? [header.media] : [];
}

function mediaOfComponent(component: TemplateComponent): OutgoingMedia[] {
  switch (component.type) {
    case "header":
    case "body":
    case "button":
      return component.parameters.flatMap(mediaOfParameter);
    case "carousel":
      return component.cards.flatMap((card) => card.components.flatMap(mediaOfComponent));
    case "limited_time_offer":
      return [];
  }
}

function mediaOfParameter(parameter: TemplateParameter): OutgoingMedia[] {
  return parameter.type === "media" ? [parameter.media] : [];
}
