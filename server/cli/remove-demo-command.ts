import type { Db } from "../db/connection.ts";

/** Deletes the demo company whole, and nothing else. */
export async function removeDemoCommand(db: Db): Promise<void> {
  const { removeDemo } = await import("../demo/remove-demo.ts");
  console.log((await removeDemo(db)) ? "The demo company is removed." : "There is no demo company.");
}
