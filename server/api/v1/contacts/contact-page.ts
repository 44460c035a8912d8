import type { FastifyReply, FastifyRequest } from "fastify";
import type { ContactQuery } from "../../../../shared/v1/contact.ts";
import type { ContactCursor } from "../../../domain/contacts/contact-order.ts";
import { listContacts } from "../../../domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../domain/contacts/search-contacts.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorParts, cursorWord, foreignCursor, idCursor, limitOf, presentPage } from "../pages.ts";
import { parseContactFilter, sortOf } from "./parse-contact.ts";
import { presentContactItem } from "./present-contact.ts";

/** People in order, or those a search finds. */
export async function contactPage(request: FastifyRequest, reply: FastifyReply, query: ContactQuery) {
  const { q, sort = "created_at", cursor: word } = query;
  const filter = parseContactFilter(query);
  const order = { filter, sort: sortOf[sort], limit: limitOf(query) };
  if (q !== undefined && q.trim() !== "") {
    const { cursor: offset = 0 } = idCursor("contacts.found", word);
    const { items, next } = await searchContacts(ctxOf(request), { query: q, ...order, offset });
    const found = { items, next: cursorWord("contacts.found", next === null ? null : [null, next]) };
    return presentPage(request, reply, found, presentContactItem);
  }
  const list = `contacts.${sort}`;
  const { items, next } = await listContacts(ctxOf(request), { ...order, ...contactCursor(list, word) });
  const page = { items, next: cursorWord(list, next && [next.key, next.id]) };
  return presentPage(request, reply, page, presentContactItem);
}

function contactCursor(list: string, word: string | undefined): { cursor?: ContactCursor } {
  if (word === undefined) return {};
  const cursor = cursorParts(list, word);
  const holds = list === "contacts.lead_score" ? Number.isInteger(cursor.key) : typeof cursor.key !== "number";
  if (!holds || (cursor.key === null && list !== "contacts.last_message_at")) throw foreignCursor();
  return { cursor };
}
