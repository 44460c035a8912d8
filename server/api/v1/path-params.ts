import { Type } from "typebox";
import { readId } from "../http/read-id.ts";

/** Ids in a path: the number, or with the word before it ("deal_12"). */
export const ById = Type.Object({ id: Type.String({ maxLength: 40 }) });

export function idIn(params: { id: string }, word: string): number {
  return readId(params.id, word, "id");
}
