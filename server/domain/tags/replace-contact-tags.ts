import type { Ctx } from "../context.ts";
import { listContactTags } from "./list-tags.ts";
import { tagContact, untagContact } from "./tag-contact.ts";
import { tagKey } from "./tag-key.ts";

/** A person has these tags and no others; names that are no tags yet are made. Gives their names, in the order they were added. */
export async function replaceContactTags(ctx: Ctx, contactId: number, names: string[]): Promise<string[]> {
  return ctx.transact(async (tx) => {
    const wanted = new Set(names.map(tagKey));
    for (const tag of await listContactTags(tx, contactId)) {
      if (!wanted.has(tagKey(tag.name))) await untagContact(tx, contactId, tag.tagId);
    }
    for (const name of names) await tagContact(tx, contactId, { name });
    return (await listContactTags(tx, contactId)).map(({ name }) => name);
  });
}
