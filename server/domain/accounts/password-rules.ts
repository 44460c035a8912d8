import { leastPasswordLength } from "../../../shared/password-length.ts";
import { invalid } from "../domain-error.ts";
import { isCommonPassword } from "./common-passwords.ts";

const maxLength = 1024;

/** Refuses a password a person chose: too short, too long, or among the first anybody would try. */
export function checkPassword(password: string, email: string, path = "password"): void {
  checkPasswordLength(password, path);
  const folded = password.normalize("NFKC").toLowerCase();
  if (isCommonPassword(folded) || folded === email) {
    throw invalid(path, "This password is among the first that are tried; choose another.");
  }
}

/** The same for what an operator sets from the command line or a setting, who answers for it. */
export function checkPasswordLength(password: string, path = "password"): void {
  const length = Array.from(password.normalize("NFKC")).length;
  if (length < leastPasswordLength)
    throw invalid(path, `The password must be at least ${leastPasswordLength} characters long.`);
  if (length > maxLength) throw invalid(path, `The password must be at most ${maxLength} characters long.`);
}
