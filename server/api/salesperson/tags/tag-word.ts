import type { Ctx } from "../../../domain/context.ts";
import { invalid, notFound } from "../../../domain/domain-error.ts";
import { findTag } from "../../../domain/tags/find-tag.ts";
import { getTag } from "../../../domain/tags/list-tags.ts";
import type { Tag } from "../../../domain/tags/tag.ts";
import type { TagChoice } from "../../../domain/tags/tag-contact.ts";

/** A tag by its id, its name, or the document's key, "vip-tag-id". A name that is no tag yet becomes one. */
export async function tagChoiceOf(ctx: Ctx, word: string | number): Promise<TagChoice> {
  const known = await knownTag(ctx, word);
  if (known) return { tagId: known.id };
  const text = String(word).trim();
  if (idIn(text) !== undefined) throw notFound("tag");
  return { name: nameOfKey(text) ?? text };
}

/** The same of a tag that must be there. */
export async function tagOf(ctx: Ctx, word: string): Promise<Tag> {
  const tag = await knownTag(ctx, word);
  if (!tag) throw notFound("tag");
  return tag;
}

async function knownTag(ctx: Ctx, word: string | number): Promise<Tag | undefined> {
  const text = String(word).trim();
  if (text === "" || text.length > 100) throw invalid("tagId", "tagId must have 1 to 100 characters");
  const id = idIn(text);
  // A tag may be called by a number, too.
  if (id !== undefined) return (await findTag(ctx, text)) ?? getTag(ctx, id);
  const name = nameOfKey(text);
  return (await findTag(ctx, text)) ?? (name === undefined ? undefined : findTag(ctx, name));
}

function idIn(text: string): number | undefined {
  const digits = /^(?:tag[_-])?0*([1-9]\d{0,15})$/.exec(text)?.[1];
  const id = Number(digits);
  return digits !== undefined && Number.isSafeInteger(id) ? id : undefined;
}

/** "vip-tag-id" is the tag VIP, "high-value-tag-id" High-Value. */
function nameOfKey(text: string): string | undefined {
  const words = /^([\p{L}\p{N}-]+)-tag-id$/u.exec(text)?.[1];
  return words
    ?.split("-")
    .map((word) => (word.length <= 3 ? word.toUpperCase() : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join("-");
}
