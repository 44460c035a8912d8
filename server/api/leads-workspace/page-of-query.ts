import type { FastifyReply, FastifyRequest } from "fastify";

const mostRows = 1_000;

/**
 * A client of the document asks for all leads and knows of no pages: it gets as many as a page can hold. Whoever asks for a page gets 100
 * where not said; above the maximum it is cut.
 */
export function pageOfQuery(query: { page?: number; limit?: number }): Page {
  const usual = query.page === undefined ? mostRows : 100;
  const limit = Math.min(query.limit ?? usual, mostRows);
  const page = query.page ?? 1;
  return { limit, page, offset: (page - 1) * limit };
}

type Page = { limit: number; offset: number; page: number };

/** The page of a list that is read one row further, to know whether it goes on. */
export async function readPage<Row>(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  { limit, offset, page }: Page,
  read: (page: { limit: number; offset: number }) => Promise<Row[]>,
): Promise<Row[]> {
  const rows = await read({ limit: limit + 1, offset });
  if (rows.length > limit) linkNext(request, reply, page + 1);
  return rows.slice(0, limit);
}

/** Says in a header where the list goes on, because its body is a bare array. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, next: number): void {
  const [path = "", query = ""] = request.url.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("page", String(next));
  reply.header("link", `<${path}?${parameters.toString()}>; rel="next"`);
}
