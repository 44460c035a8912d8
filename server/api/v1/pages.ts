import type { FastifyReply, FastifyRequest } from "fastify";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { RequestFailure } from "../http/failure.ts";

export type Part = string | number | null;

/** 50 where not said; what is above 100 is cut to that. */
export function limitOf(query: { limit?: number }): number {
  return Math.min(query.limit ?? 50, 100);
}

/** A page as this surface gives it, with the address of the next one in a Link header too (RFC 8288). */
export function presentPage<Item, View>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { items: Item[]; next: string | null },
  present: (item: Item) => View,
): { data: View[]; next_cursor: string | null } {
  if (page.next !== null) reply.header("link", `<${addressWith(request.url, page.next)}>; rel="next"`);
  return { data: page.items.map(present), next_cursor: page.next };
}

/** A cursor carries its list's name, so that one of another list is refused rather than misread. */
export function cursorWord(list: string, parts: readonly Part[] | null): string | null {
  return parts === null ? null : encodeCursor([list, ...parts]);
}

/** The parts of a cursor of this list: a sort key and, last, an id. */
export function cursorParts(list: string, word: string): { key: Part; id: number } {
  const [name, key = null, id] = decodeCursor(word, 3);
  if (name !== list || typeof id !== "number" || !Number.isSafeInteger(id) || id < 0) throw foreignCursor();
  return { key, id };
}

/** The cursor of a list in order of time, where the query has one. */
export function timeCursor(list: string, word: string | undefined): { cursor?: { at: string; id: number } } {
  if (word === undefined) return {};
  const { key, id } = cursorParts(list, word);
  return { cursor: { at: timeOf(key), id } };
}

/** The same where some rows have no time. */
export function nullableTimeCursor(
  list: string,
  word: string | undefined,
): { cursor?: { at: string | null; id: number } } {
  if (word === undefined) return {};
  const { key, id } = cursorParts(list, word);
  return { cursor: { at: key === null ? null : timeOf(key), id } };
}

/** The cursor of a list in order of ids. */
export function idCursor(list: string, word: string | undefined): { cursor?: number } {
  return word === undefined ? {} : { cursor: cursorParts(list, word).id };
}

export function foreignCursor(): RequestFailure {
  return new RequestFailure({ kind: "malformed", message: "cursor is not one of this list" });
}

function timeOf(key: Part): string {
  if (typeof key !== "string" || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(key) || Number.isNaN(Date.parse(key)))
    throw foreignCursor();
  return key;
}

function addressWith(url: string, cursor: string): string {
  const [path = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("cursor", cursor);
  return `${path}?${parameters.toString()}`;
}
