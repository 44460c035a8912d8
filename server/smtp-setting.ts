/** The mail server of the settings: smtp(s)://user:password@host:port, and in whose name it sends. */
export type SmtpSetting = {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  user: string | null;
  password: string | null;
  fromAddress: string;
  fromName: string;
};

export type SmtpServerUrl = Pick<SmtpSetting, "host" | "port" | "secure" | "user" | "password">;

export function smtpUrlOf(text: string): SmtpServerUrl | undefined {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "" || url.pathname.replace("/", "") !== "")
    return undefined;
  const secure = url.protocol === "smtps:";
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined || (user === "") !== (password === "")) return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? defaultPort(secure) : Number(url.port),
    secure,
    user: user === "" ? null : user,
    password: password === "" ? null : password,
  };
}

/** `Name <a@b>` or `a@b`. */
export function mailFromOf(text: string): Pick<SmtpSetting, "fromAddress" | "fromName"> | undefined {
  const [, name = "", inBrackets] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? [];
  const fromAddress = (inBrackets ?? text).trim().toLowerCase();
  return /^[^\s@<>",;]+@[^\s@<>",;]+$/.test(fromAddress) ? { fromAddress, fromName: name.trim() } : undefined;
}

function defaultPort(secure: boolean): number {
  return secure ? 465 : 587;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
