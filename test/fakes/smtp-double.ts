import { SMTPServer, type SMTPServerAddress, type SMTPServerOptions } from "smtp-server";
import { afterAll } from "vitest";

export type TakenMail = { from: string; to: string[]; raw: string };

export type SmtpDouble = {
  port: number;
  mails: TakenMail[];
  /** How many connections were opened so far. */
  connections: () => number;
};

export type SmtpManners = {
  /** The answer to a recipient; nothing takes it. */
  recipient?: (address: string) => Error | undefined;
  sender?: (address: string) => Error | undefined;
  /** What is done once the whole mail is there; nothing takes it. */
  body?: (mail: TakenMail, connection: { drop: () => void }) => Error | "silence" | undefined;
  password?: string | (() => string);
};

/** A refusal as a mail server says it. */
export function smtpRefusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A real SMTP server on loopback that behaves as it is told. */
export async function smtpDouble(manners: SmtpManners = {}): Promise<SmtpDouble> {
  const mails: TakenMail[] = [];
  const sockets = new Set<{ destroy: () => void }>();
  let connections = 0;
  const server = new SMTPServer({
    ...authOf(manners),
    hideSTARTTLS: true,
    size: 40 * 1024 * 1024,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onMailFrom: ({ address }, _session, done) => done(manners.sender?.(address)),
    onRcptTo: ({ address }, _session, done) => done(manners.recipient?.(address)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const mail = {
          from: addressOf(session.envelope.mailFrom),
          to: session.envelope.rcptTo.map(addressOf),
          raw: String(Buffer.concat(chunks)),
        };
        mails.push(mail);
        const drop = () => {
          for (const socket of sockets) socket.destroy();
        };
        const answer = manners.body?.(mail, { drop });
        if (answer === "silence") return;
        done(answer);
      });
    },
  });
  server.on("error", () => {});
  server.server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  afterAll(() => new Promise<void>((done) => server.close(() => done())));
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, mails, connections: () => connections };
}

function authOf({ password }: SmtpManners): SMTPServerOptions {
  if (password === undefined) return { authOptional: true };
  return {
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      if (auth.password === (typeof password === "string" ? password : password()))
        done(null, { user: auth.username ?? "" });
      else done(smtpRefusal(535, "5.7.8 Authentication credentials invalid"));
    },
  };
}

function addressOf(address: SMTPServerAddress | false): string {
  return address === false ? "" : address.address;
}
