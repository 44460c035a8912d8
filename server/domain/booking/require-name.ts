import { invalid } from "../domain-error.ts";

/** A name that people can read; one that is not given is not looked at. */
export function requireName(name: string | undefined): void {
  if (name === undefined || (name.trim() !== "" && name.length <= 200)) return;
  throw invalid("name", "name must be a text of 1 to 200 characters");
}
