import type { Ctx } from "../../../server/domain/context.ts";

export type ListCase = {
  name: string;
  read: (ctx: Ctx, contactId: number) => Promise<unknown>;
  index: string;
  /** Where a filter without an index of its own is checked on the rows of a wider one. */
  mostRows?: number;
};

export const page = { limit: 20 };
