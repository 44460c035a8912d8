/** Whom a provider's messages go to, in our words about it. */
export function vendorOf(provider: string): string {
  return provider === "email" ? "The mail server" : "WhatsApp";
}
