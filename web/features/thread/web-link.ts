/** An address that may be opened from here; anything but a web page (scripts, files, calls) is none. */
export function webLink(address: string | undefined): URL | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : undefined;
}
