import type { Json, JsonObject } from "../../../../shared/json.ts";
import { renderTemplate } from "../../templates/render-template.ts";
import type { InteractiveHeader, OutgoingContent, OutgoingMedia, TemplateComponent } from "../outgoing-content.ts";

/** What stands around a template's words, as it was sent: the template may be changed afterwards. */
export function templateFrame(content: Extract<OutgoingContent, { type: "template" }>, own: Json): JsonObject {
  const { header, footer, buttons } = renderTemplate(own, content.components);
  const above = header ? { type: "text", text: header } : mediaHeader(content.components);
  return {
    ...(above ? { header: above } : {}),
    ...(footer ? { footer } : {}),
    ...(buttons.length > 0
      ? { buttons: buttons.map(({ kind, text, url }, at) => ({ kind, title: text, url, ...codeOf(content, at) })) }
      : {}),
  };
}

/** What the person can copy: the vendor shows it nowhere but behind the button. */
function codeOf({ components }: Extract<OutgoingContent, { type: "template" }>, index: number): JsonObject {
  const given = components.find((component) => component.type === "button" && component.index === index);
  const [coupon] = given?.type === "button" ? given.parameters : [];
  return coupon?.type === "coupon_code" ? { code: coupon.code } : {};
}

/** The same of an interactive message: words, or where its file is. */
export function headerView(header: InteractiveHeader): JsonObject {
  if (header.type === "text") return { type: "text", text: header.text };
  const { type, media, filename } = header;
  return { type, media: { ...mediaPlace(media), ...(filename === undefined ? {} : { filename }) } };
}

/** Where a file of ours is: here, at an address, or with the vendor. */
export function mediaPlace(media: OutgoingMedia): JsonObject {
  if ("mediaId" in media) return { media_id: media.mediaId };
  return "link" in media ? { url: media.link } : { id: media.providerMediaId };
}

function mediaHeader(components: TemplateComponent[]): JsonObject | undefined {
  const [given] = components.flatMap((component) => (component.type === "header" ? component.parameters : []));
  if (given?.type === "location") return { type: "location", text: given.name ?? given.address ?? null };
  if (given?.type !== "media") return undefined;
  const { kind, media, filename } = given;
  return headerView({ type: kind, media, ...(filename === undefined ? {} : { filename }) });
}
