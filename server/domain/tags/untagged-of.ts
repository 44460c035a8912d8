import type { Ctx } from "../context.ts";
import { listContactTags } from "./list-tags.ts";
import { tagKey } from "./tag-key.ts";

/** Of these names of tags those that the person does not have. */
export async function untaggedOf(ctx: Ctx, contactId: number, names: string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const held = new Set((await listContactTags(ctx, contactId)).map(({ name }) => tagKey(name)));
  return names.filter((name) => !held.has(tagKey(name)));
}
