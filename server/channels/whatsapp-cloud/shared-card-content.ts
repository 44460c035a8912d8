import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";

type Content = Pick<MessageContent, "text" | "details">;

/** A place: people read its name, or its address where it has none. */
export function locationContent(location: Record<string, unknown>): Content {
  return withoutUndefined({ text: textOf(location.name) ?? textOf(location.address), details: jsonOf(location) });
}

/** Contact cards, as a list; people read the names. */
export function contactsContent(contacts: unknown): Content {
  const cards = listOf(contacts);
  const names = cards.map(nameOnCard).filter((name) => name !== undefined);
  return withoutUndefined({ text: names.join(", ") || undefined, details: jsonOf(cards) });
}

function nameOnCard(card: unknown): string | undefined {
  const name = objectOf(objectOf(card)?.name);
  return textOf(name?.formatted_name) ?? textOf(name?.first_name);
}
