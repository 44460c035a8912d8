/** What may be said of an address to everybody. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
