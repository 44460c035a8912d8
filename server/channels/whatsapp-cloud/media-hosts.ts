/** The hosts that Meta hands media addresses of; an address elsewhere would get our token. */
const hosts = [/^lookaside\.fbsbx\.com$/, /(^|\.)fbcdn\.net$/, /^([a-z0-9-]+\.)*fbsbx\.com$/];

/** Whether a media address leads to Meta, or to the Graph API's own host where it was set to another one. */
export function isMediaAddress(address: string, graphBase: URL): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  if (url.username !== "" || url.password !== "") return false;
  if (url.origin === graphBase.origin) return true;
  return url.protocol === "https:" && url.port === "" && hosts.some((host) => host.test(url.hostname));
}
