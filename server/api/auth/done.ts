import { Type } from "typebox";

/** An answer that says only that it worked, in every document's form. */
export const Done = Type.Object({ success: Type.Boolean(), status: Type.String(), message: Type.String() });

export function done(message: string) {
  return { success: true, status: "success", message };
}
