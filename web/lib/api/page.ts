/** One page of a list; the cursor leads to the next. */
export type Page<T> = { data: T[]; next_cursor: string | null };
