import { invalid } from "../domain-error.ts";

/** The form in which an address is kept and compared. */
export function foldEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}

/** A folded address, or a refusal. What stands before the @ is the mail server's business; only the outline is checked. */
export function readEmail(email: string, path = "email"): string {
  const folded = foldEmail(email);
  if (folded.length > 254 || !/^[^\s@<>"(),:;[\]\\\p{Cc}]+@[^\s@<>"(),:;[\]\\\p{Cc}]+$/u.test(folded)) {
    throw invalid(path, "This is not an e-mail address.");
  }
  return folded;
}
