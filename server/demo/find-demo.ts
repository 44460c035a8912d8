import { sql } from "kysely";
import type { Queries } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";

export const demoSlug = "demo";

/** The demo company; one of that name that was not made as a demo is somebody's own. */
export async function findDemo(db: Queries): Promise<number | undefined> {
  return (await db.first(selectDemo({ slug: demoSlug })))?.id;
}

const selectDemo = prepared<{ slug: string }>()(
  (_db, arg) => sql<{ id: number }>`select id from companies where slug = ${arg("slug")}::text and is_demo`,
);
