import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import { connectSocket, leadsOutside, NotConnected, type SocketPolicy } from "./connect-socket.ts";

export type SmtpServer = {
  host: string;
  port: number;
  secure: boolean;
  user: string | null;
  password: string | null;
};

export type SmtpTimes = { connectMs: number; greetingMs: number; idleMs: number; wholeMs: number };

/** A whole mail ends well before its row's lease of three minutes, however slowly a server drinks it. */
export const usualTimes: SmtpTimes = { connectMs: 10_000, greetingMs: 10_000, idleMs: 30_000, wholeMs: 120_000 };

/** How one mail ended on one connection. `answered`: the server's last word decides; `silent`: there is none. */
export type SessionEnd =
  | { kind: "taken"; response: string; refused: SmtpRefusal[] }
  | { kind: "refused"; refusal: SmtpRefusal; refused: SmtpRefusal[] }
  /** `bodyWasSent`: the whole mail was on its way, so the server may have taken it. */
  | { kind: "silent"; why: string; bodyWasSent: boolean };

export type SmtpRefusal = {
  /** Three digits; null where the fault was found before anything was said. */
  code: number | null;
  /** RFC 3463: 5.1.1 and the like. */
  status: string | null;
  text: string;
  /** What was said when it was refused: CONN, STARTTLS, AUTH, MAIL FROM, RCPT TO, DATA. */
  stage: string;
  recipient: string | null;
};

/** The server refused the session: its greeting, its TLS, our sign-in. Nothing of any mail was said. */
export class SessionRefused extends Error {
  readonly refusal: SmtpRefusal;
  constructor(refusal: SmtpRefusal, cause: unknown) {
    super(refusal.text, { cause });
    this.refusal = refusal;
  }
}

export type SmtpSession = {
  send: (mail: { from: string; recipients: string[]; raw: Buffer }) => Promise<SessionEnd>;
  /** False once the server or the net has ended it. */
  isOpen: () => boolean;
  quit: () => void;
};

/** An open, signed-in conversation with a mail server. Throws NotConnected or SessionRefused. */
export async function openSession(
  server: SmtpServer,
  policy: SocketPolicy,
  times: SmtpTimes = usualTimes,
): Promise<SmtpSession> {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  const socket = await connectSocket(server, policy, times.connectMs);
  const connection = new Connection(connectionOptions(server, socket, { policy, times }));
  let isOpen = true;
  connection.on("end", () => {
    isOpen = false;
  });
  // An idle connection may break at any time; the next mail opens another.
  connection.on("error", () => {
    isOpen = false;
  });
  await signIn(connection, server).catch((error: unknown) => {
    connection.close();
    throw sessionFault(error);
  });
  return {
    isOpen: () => isOpen,
    quit: () => (isOpen ? connection.quit() : connection.close()),
    async send(mail) {
      const end = await sendOver(connection, mail, times.wholeMs);
      if (end.kind !== "silent" && isOpen) await reset(connection).catch(() => connection.close());
      if (end.kind === "silent") connection.close();
      return end;
    },
  };
}

function connectionOptions(
  server: SmtpServer,
  socket: Socket,
  { policy, times }: { policy: SocketPolicy; times: SmtpTimes },
): SMTPConnection.Options {
  return {
    connection: socket,
    host: server.host,
    port: server.port,
    secure: server.secure,
    // A password never goes out in the clear, except to a server in our own net.
    requireTLS: !server.secure && server.password !== null && leadsOutside(socket, policy),
    connectionTimeout: times.connectMs,
    greetingTimeout: times.greetingMs,
    socketTimeout: times.idleMs,
    socketCloseTimeout: 1_000,
  };
}

async function signIn(connection: SMTPConnection, { user, password }: SmtpServer): Promise<void> {
  await new Promise<void>((done, fail) => {
    connection.once("error", fail);
    connection.connect((error) => (error ? fail(error) : done()));
  });
  if (user === null || password === null) return;
  await new Promise<void>((done, fail) => {
    connection.login({ user, pass: password }, (error) => (error ? fail(error) : done()));
  });
}

function sendOver(
  connection: SMTPConnection,
  { from, recipients, raw }: { from: string; recipients: string[]; raw: Buffer },
  wholeMs: number,
): Promise<SessionEnd> {
  let bodyWasSent = false;
  // Read to its end, its last line is on its way: from there on silence proves nothing.
  const body = Readable.from(slices(raw), { objectMode: false });
  body.once("end", () => {
    bodyWasSent = true;
  });
  return new Promise((settle) => {
    const timer = setTimeout(
      () => done({ kind: "silent", why: `not done within ${wholeMs} ms`, bodyWasSent }),
      wholeMs,
    );
    const done = (end: SessionEnd): void => {
      clearTimeout(timer);
      settle(end);
    };
    connection.send({ from, to: recipients, size: raw.length }, body, (error, info) => {
      if (error) return done(endOf(error, bodyWasSent));
      const refused = (info?.rejectedErrors ?? []).map(refusalOf);
      done({ kind: "taken", response: info?.response ?? "", refused });
    });
  });
}

function* slices(raw: Buffer): Generator<Buffer> {
  const size = 64 * 1024;
  for (let start = 0; start < raw.length; start += size) yield raw.subarray(start, start + size);
}

function reset(connection: SMTPConnection): Promise<void> {
  return new Promise((done, fail) => connection.reset((error) => (error ? fail(error) : done())));
}

function endOf(error: Fault, bodyWasSent: boolean): SessionEnd {
  const isAnswered = error.responseCode !== undefined || error.code === "EMESSAGE" || error.code === "EENVELOPE";
  if (!isAnswered) return { kind: "silent", why: error.message, bodyWasSent };
  return { kind: "refused", refusal: refusalOf(error), refused: (error.rejectedErrors ?? []).map(refusalOf) };
}

type Fault = Error & {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  recipient?: string | undefined;
  rejectedErrors?: Fault[] | undefined;
};

function refusalOf({ response, responseCode, command, recipient, message }: Fault): SmtpRefusal {
  const text = (response ?? message).replace(/\s+/g, " ").slice(0, 500);
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null;
  return { code: responseCode ?? null, status, text, stage: command ?? "CONN", recipient: recipient ?? null };
}

function sessionFault(error: unknown): Error {
  if (error instanceof NotConnected || !(error instanceof Error)) return new NotConnected(String(error));
  const fault: Fault = error;
  if (isUnsafe(fault)) return new SessionRefused({ ...refusalOf(fault), stage: "STARTTLS" }, error);
  const isRefusal = fault.responseCode !== undefined || ["EAUTH", "ETLS", "ENOAUTH"].includes(fault.code ?? "");
  return isRefusal ? new SessionRefused(refusalOf(fault), error) : new NotConnected(error.message, { cause: error });
}

/** No encryption, or with somebody who cannot prove who they are; a server of TLS from the first byte says so without a code. */
function isUnsafe({ code, command, responseCode, message }: Fault): boolean {
  return code === "ETLS" || command === "STARTTLS" || (responseCode === undefined && /certificate/i.test(message));
}
