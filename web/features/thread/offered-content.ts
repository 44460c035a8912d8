import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { Message } from "../../../shared/v1/conversation.ts";
import { webLink } from "./web-link.ts";

export type OfferedButton = { title: string; link: URL | undefined };
export type OfferedRow = { title: string; description: string | undefined };
export type OfferedSection = { title: string | undefined; rows: OfferedRow[] };
export type Offered = {
  header: { kind: string; text: string | undefined; link: URL | undefined } | undefined;
  footer: string | undefined;
  buttons: OfferedButton[];
  list: { button: string; sections: OfferedSection[] } | undefined;
};

type Fields = Record<string, unknown>;

/** What stands around the words of a message that we sent: header, footer, and what the customer may tap. */
export function offeredIn(message: Message): Offered | undefined {
  if (message.direction !== "out" || (message.type !== "interactive" && message.type !== "template")) return undefined;
  const details = objectOf(objectOf(message.payload)?.details);
  if (!details) return undefined;
  // The vendor's own, where we passed it through, keeps what can be tapped in its action.
  const action = objectOf(details.action) ?? {};
  return {
    header: headerOf(objectOf(details.header)),
    footer: textOf(details.footer) ?? textOf(objectOf(details.footer)?.text),
    buttons: [...listOf(details.buttons ?? action.buttons).flatMap(buttonOf), ...lonelyButton(details, action)],
    list: listIn({ ...action, ...details }),
  };
}

function headerOf(header: Fields | undefined): Offered["header"] {
  const kind = textOf(header?.type);
  if (!header || kind === undefined) return undefined;
  const media = objectOf(header.media) ?? objectOf(header[kind]);
  return {
    kind,
    text: textOf(header.text) ?? textOf(media?.filename),
    link: webLink(textOf(media?.url) ?? textOf(media?.link)),
  };
}

function buttonOf(value: unknown): OfferedButton[] {
  const button = objectOf(value);
  const title = couponOf(button) ?? textOf(button?.title) ?? textOf(objectOf(button?.reply)?.title);
  return title === undefined ? [] : [{ title, link: webLink(textOf(button?.url)) }];
}

/** WhatsApp names that button itself. */
function couponOf(button: Fields | undefined): string | undefined {
  if (button?.kind !== "copy_code") return undefined;
  const code = textOf(button.code);
  return code === undefined ? "Copy offer code" : `Copy offer code: ${code}`;
}

/** Kinds that have exactly one button, each with a name of its own. */
function lonelyButton(details: Fields, action: Fields): OfferedButton[] {
  if (details.kind === "location_request_message") return [{ title: "Send location", link: undefined }];
  if (details.kind === "request_contact_info") return [{ title: "Share contact info", link: undefined }];
  const parameters = objectOf(action.parameters);
  const title = textOf(details.label) ?? textOf(parameters?.display_text) ?? textOf(parameters?.flow_cta);
  return title === undefined ? [] : [{ title, link: webLink(textOf(details.url) ?? textOf(parameters?.url)) }];
}

function listIn(fields: Fields): Offered["list"] {
  const button = textOf(fields.button);
  if (button === undefined) return undefined;
  return { button, sections: listOf(fields.sections).map(sectionOf) };
}

function sectionOf(value: unknown): OfferedSection {
  const section = objectOf(value);
  const rows = listOf(section?.rows).flatMap((item) => {
    const row = objectOf(item);
    const title = textOf(row?.title);
    return title === undefined ? [] : [{ title, description: textOf(row?.description) }];
  });
  return { title: textOf(section?.title), rows };
}
