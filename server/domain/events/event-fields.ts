import type { Json, JsonObject } from "../../../shared/json.ts";

const ours = /^[a-z]+(?:[A-Z0-9][a-z0-9]*)+$/;

/**
 * What an event tells, in the spelling of our API. Some writers spell as commands do ("dueAt"), others as columns ("due_at"), and what
 * was stored stays as it is; here both read alike. Only the names of the fields: what is inside of them is somebody else's.
 */
export function spelledFields<Fields extends JsonObject | null>(fields: Fields): Fields | JsonObject {
  return fields && spelled(fields);
}

/** The same for what an event tells besides, which may be any JSON. */
export function spelledDetails(details: Json): Json {
  return details === null || typeof details !== "object" || Array.isArray(details) ? details : spelled(details);
}

function spelled(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [spelledName(name), value]));
}

function spelledName(name: string): string {
  return ours.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}
