import type { FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { Type } from "typebox";

type Tagged = { version: number; unread_count?: number; last_message_at?: string | null };

/** Gives a record out with its ETag. */
export function tagged<View extends Tagged>(reply: FastifyReply, view: View): View {
  reply.header("etag", tagOf(view));
  return view;
}

/** The same for a record that was just made, with its address. */
export function created<View extends Tagged & { id: number }>(reply: FastifyReply, path: string, view: View): View {
  reply.code(201).header("location", `${path}/${view.id}`);
  return tagged(reply, view);
}

/**
 * The version that If-Match asks for. Of several, the highest: only the newest can be the record's. A tag that is none of ours
 * matches nothing, which version 0 says.
 */
export function ifMatch(request: FastifyRequest): { ifVersion?: number } {
  const header = request.headers["if-match"]?.trim();
  if (header === undefined || header === "*") return {};
  const versions = header.split(",").map((tag) => Number(/^"v(\d{1,15})(?:-[^"]*)?"$/.exec(tag.trim())?.[1] ?? 0));
  return { ifVersion: Math.max(...versions) };
}

/** An onSend hook: a reader who has this version already gets 304 and no body. */
export async function answerNotModified(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const tag = reply.getHeader("etag");
  const known = request.headers["if-none-match"];
  if (request.method !== "GET" || reply.statusCode !== 200 || typeof tag !== "string" || known === undefined)
    return payload;
  // Weak comparison, as RFC 9110 wants it here.
  const tags = known.split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (!tags.includes(tag) && !tags.includes("*")) return payload;
  reply.code(304).removeHeader("content-type").removeHeader("content-length");
  return null;
}

/** An onRoute hook: what answerNotModified may answer stands in the API's description too. */
export function declareNotModified(route: RouteOptions): void {
  const response = route.schema?.response;
  if (!route.schema || route.method !== "GET" || !route.url.endsWith("/:id") || typeof response !== "object") return;
  route.schema.response = { 304: Type.Null({ description: "You have this version already." }), ...response };
}

// A message changes what is shown of a person and is no edit: it makes another tag, and nobody's If-Match fails for it.
function tagOf({ version, unread_count: unread, last_message_at: lastMessageAt }: Tagged): string {
  return lastMessageAt ? `"v${version}-${unread ?? 0}-${Date.parse(lastMessageAt)}"` : `"v${version}"`;
}
