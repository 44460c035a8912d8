/** What a report says of one recipient, before it is judged. */
export type FailureSign = {
  recipient: string | null;
  /** The address the mail was sent to, where it was forwarded on. */
  original: string | null;
  /** failed, delayed, delivered, relayed, expanded; empty where not said. */
  action: string;
  status: string | null;
  diagnostic: string;
};

const address = /[^\s<>"'(),:;[\]\\|]+@[^\s<>"'(),:;[\]\\]+/;

/** The first address in a piece of text, folded. */
export function addressIn(text: string | undefined): string | undefined {
  const found = address.exec(text ?? "")?.[0];
  return found?.replace(/[.?!]+$/, "").toLowerCase();
}
