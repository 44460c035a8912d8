import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { Ctx } from "../../domain/context.ts";
import type { PhoneView, ShownButton, ShownList } from "../../domain/simulator/phone-view.ts";
import { checkMedia } from "./check-media.ts";
import { optionalText, requiredText } from "./check-text.ts";
import { missing, notValid } from "./graph-call.ts";

type Fields = Record<string, unknown>;

/** Buttons, lists, links and what else one can tap: within Meta's limits, and as the phone shows it. */
export async function checkInteractive(ctx: Ctx, value: unknown): Promise<PhoneView> {
  const interactive = objectOf(value);
  const kind = textOf(interactive?.type);
  if (interactive === undefined || kind === undefined) throw missing("interactive['type']");
  const action = objectOf(interactive.action);
  if (action === undefined) throw missing("interactive['action']");
  const body = objectOf(interactive.body)?.text;
  const frame = withoutUndefined({
    ...(await headerOf(ctx, interactive.header)),
    text:
      kind === "product" || kind === "catalog_message"
        ? optionalText(body, "interactive['body']['text']", 1024)
        : requiredText(body, "interactive['body']['text']", kind === "list" ? 4096 : 1024),
    footer: optionalText(objectOf(interactive.footer)?.text, "interactive['footer']['text']", 60),
  });
  return { ...frame, ...actionOf(kind, action) };
}

async function headerOf(ctx: Ctx, value: unknown): Promise<Pick<PhoneView, "header" | "media">> {
  const header = objectOf(value);
  const type = textOf(header?.type);
  if (header === undefined || type === undefined) return {};
  if (type === "text") return { header: requiredText(header.text, "interactive['header']['text']", 60) };
  if (type !== "image" && type !== "video" && type !== "document")
    throw notValid("interactive['header']['type'] must be one of {text, image, video, document}");
  return { media: await checkMedia(ctx, type, header[type]) };
}

function actionOf(kind: string, action: Fields): Pick<PhoneView, "buttons" | "list"> {
  switch (kind) {
    case "button":
      return { buttons: replyButtons(action) };
    case "list":
      return { list: listRows(action) };
    case "cta_url": {
      const parameters = objectOf(action.parameters) ?? {};
      const title = requiredText(parameters.display_text, "interactive['action']['parameters']['display_text']", 20);
      const value = requiredText(parameters.url, "interactive['action']['parameters']['url']", 2000);
      return { buttons: [{ kind: "url", title, value, answersAs: "interactive" }] };
    }
    case "location_request_message":
      return { buttons: [inert("Send location")] };
    case "request_contact_info":
      return { buttons: [inert("Share contact info")] };
    default:
      return { buttons: [inert(vendorTitle(action))] };
  }
}

function replyButtons(action: Fields): ShownButton[] {
  const buttons = listOf(action.buttons).map((item, index) => {
    const reply = objectOf(objectOf(item)?.reply);
    const at = `interactive['action']['buttons'][${index}]['reply']`;
    const title = requiredText(reply?.title, `${at}['title']`, 20);
    const value = requiredText(reply?.id, `${at}['id']`, 256);
    return { kind: "reply" as const, title, value, answersAs: "interactive" as const };
  });
  if (buttons.length < 1 || buttons.length > 3)
    throw notValid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3");
  if (new Set(buttons.map(({ value }) => value)).size < buttons.length) throw notValid("Duplicate button ids.");
  if (new Set(buttons.map(({ title }) => title)).size < buttons.length) throw notValid("Duplicate button titles.");
  return buttons;
}

function listRows(action: Fields): ShownList {
  const button = requiredText(action.button, "interactive['action']['button']", 20);
  const sections = listOf(action.sections).map((item, index) => {
    const section = objectOf(item) ?? {};
    const at = `interactive['action']['sections'][${index}]`;
    const title = optionalText(section.title, `${at}['title']`, 24);
    return withoutUndefined({
      title,
      rows: listOf(section.rows).map((row, position) => rowOf(row, `${at}['rows'][${position}]`)),
    });
  });
  const rows = sections.flatMap((section) => section.rows);
  if (sections.length < 1 || sections.length > 10) throw notValid("Invalid sections count. Max allowed sections: 10");
  if (rows.length < 1 || rows.length > 10) throw notValid("Total row count exceed max allowed count: 10");
  if (sections.length > 1 && sections.some(({ title }) => title === undefined)) throw missing("section title");
  if (new Set(rows.map(({ id }) => id)).size < rows.length) throw notValid("Duplicated row id.");
  return { button, sections };
}

function rowOf(value: unknown, at: string) {
  const row = objectOf(value) ?? {};
  return withoutUndefined({
    id: requiredText(row.id, `${at}['id']`, 200),
    title: requiredText(row.title, `${at}['title']`, 24),
    description: optionalText(row.description, `${at}['description']`, 72),
  });
}

/** Catalogues, flows, orders: the phone would open something that is not played here. */
function vendorTitle(action: Fields): string {
  const parameters = objectOf(action.parameters);
  return textOf(parameters?.flow_cta) ?? textOf(action.name)?.replaceAll("_", " ") ?? "View items";
}

function inert(title: string): ShownButton {
  return { kind: "other", title, value: "", answersAs: "interactive" };
}
