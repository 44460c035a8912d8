import { Type } from "typebox";

/** The schema of a 204. */
export const noContent = Type.Null({ description: "Done; nothing to say." });
