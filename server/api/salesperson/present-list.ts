import type { FastifyReply, FastifyRequest } from "fastify";

type PageQuery = { page?: number; limit?: number };

const usualLimit = 100;
const largestLimit = 1_000;

/** A client of the document knows of no pages and gets as many as one can hold; with a page 100 where not said. Above the maximum it is cut. */
export function pageOfQuery({ page, limit }: PageQuery): { limit: number; offset: number } {
  const usual = page === undefined ? largestLimit : usualLimit;
  const rows = Math.min(limit ?? usual, largestLimit);
  return { limit: rows, offset: ((page ?? 1) - 1) * rows };
}

/**
 * A bare array. What the document has no place for stands in headers: the next and the previous page in Link, and the total, which
 * is counted only for who asks for a page by its number and where the page itself does not tell: counting costs more than a page.
 */
export async function presentList<Item, View>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  query: PageQuery,
  found: { items: Item[]; hasMore: boolean; total: () => Promise<number> },
  present: (item: Item) => View,
): Promise<View[]> {
  const { offset } = pageOfQuery(query);
  const { items, hasMore } = found;
  const isTold = !hasMore && (items.length > 0 || offset === 0);
  if (isTold) reply.header("x-total-count", offset + items.length);
  else if (query.page !== undefined) reply.header("x-total-count", await found.total());
  const { page = 1 } = query;
  const links = [
    ...(hasMore ? [linkTo(request.url, page + 1, "next")] : []),
    ...(page > 1 ? [linkTo(request.url, page - 1, "prev")] : []),
  ];
  if (links.length > 0) reply.header("link", links.join(", "));
  return items.map(present);
}

function linkTo(url: string, page: number, relation: "next" | "prev"): string {
  const [path = "", query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("page", String(page));
  return `<${path}?${parameters.toString()}>; rel="${relation}"`;
}
