import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";
import { connect } from "../db/connect.ts";
import type { Db } from "../db/connection.ts";
import { StartupError } from "../db/startup-error.ts";
import { companyBySlug, companyIdOfSlug } from "../domain/accounts/company-by-slug.ts";
import { migrateQueue } from "../jobs/queue.ts";
import { quietQueueLogger } from "../jobs/quiet-queue-logger.ts";
import { startWorkers } from "../jobs/start-workers.ts";
import { loadSecrets, type Secrets } from "../secrets.ts";
import { version } from "../version.ts";
import { listenTrouble } from "./listen-trouble.ts";
import { ensureMigrated, openDatabase } from "./open-database.ts";
import { prepareCompanies } from "./prepare-companies.ts";
import { createReport, lineOf, type Report } from "./report-trouble.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";
import { metaApp, workerSettings } from "./worker-settings.ts";

/** Server and worker in one process, until a signal. */
export async function serve(config: Config, argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { demo: { type: "boolean", default: false } } });
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const secrets = await loadSecrets(config.dataDir);
    // The surfaces are loaded while PostgreSQL starts.
    const surfaces = loadSurfaces();
    const database = await openDatabase(config, { shared: false, log: () => {} });
    closers.push(() => database.stop());
    await ensureMigrated(database.address, () => {});
    await migrateQueue(database.address, quietQueueLogger);
    const db = connect(database.address);
    closers.push(() => db.close());
    const lines = await prepareCompanies(db, config, secrets, { demo: values.demo });
    const report = createReport(db);
    if (values.demo) closers.push(await startMailbox(db, secrets, report));
    const workers = await startWorkers(db, workerSettings(config, secrets, report));
    closers.push(() => workers.stop());
    const app = await startApp(await surfaces, config, secrets, db, {
      demo: values.demo,
      onInbound: workers.wakeInbound,
    });
    closers.push(() => closeApp(app));
    announce(addressOf(app, config), lines);
    const lost = await untilAskedToStop(database.lost);
    if (lost !== undefined) console.error(`The database was lost: ${lost}`);
    return lost === undefined ? 0 : 1;
  } finally {
    for (const close of closers.toReversed())
      await close().catch((error: unknown) => console.error(lineOf("Stopping", error)));
  }
}

/** The demo's own mail server; without `--demo` none of it is loaded. */
async function startMailbox(db: Db, { encryptionKey }: Secrets, report: Report): Promise<() => Promise<void>> {
  const { startDemoMailbox } = await import("../channels/email/demo/start-demo-mailbox.ts");
  const companyId = await companyIdOfSlug(db, "demo");
  const onError = (error: unknown) => report("The demo's mailbox", error);
  const mailbox = await startDemoMailbox({ db, companyId, encryptionKey, onError });
  return () => mailbox.close();
}

async function loadSurfaces() {
  const [{ createApp }, { createGate }, { openChatbotDoor }] = await Promise.all([
    import("../app.ts"),
    import("../api/auth/create-gate.ts"),
    import("../api/chatbot/open-door.ts"),
  ]);
  return { createApp, createGate, openChatbotDoor };
}

async function startApp(
  { createApp, createGate, openChatbotDoor }: Awaited<ReturnType<typeof loadSurfaces>>,
  config: Config,
  secrets: Secrets,
  db: Db,
  options: { demo: boolean; onInbound: () => void },
): Promise<FastifyInstance> {
  const openSlug = config.openChatbot ?? (options.demo && isLoopback(config.host) ? "demo" : undefined);
  if (openSlug !== undefined && !(await companyBySlug(db, openSlug))) {
    throw new StartupError(`RAPPORT_OPEN_CHATBOT names the company "${openSlug}", which does not exist.`);
  }
  const app = await createApp({
    db,
    gate: createGate(db, { jwtKey: secrets.jwtKey, publicUrl: config.publicUrl }),
    jwtKey: secrets.jwtKey,
    encryptionKey: secrets.encryptionKey,
    ...(openSlug === undefined ? {} : { openChatbot: openChatbotDoor(db, openSlug) }),
    appSecret: config.whatsapp.appSecret ?? secrets.webhookSecret,
    verifyToken: config.whatsapp.verifyToken ?? secrets.verifyToken,
    publicUrl: config.publicUrl,
    dataDir: config.dataDir,
    filesBucket: config.filesBucket,
    graphUrl: config.whatsapp.graphUrl,
    whatsappApp: metaApp(config),
    allowPrivateWebhooks: config.allowPrivateWebhooks,
    smtp: config.smtp,
    version,
    onInbound: options.onInbound,
    logLevel: config.logLevel === "info" ? "warn" : config.logLevel,
    trustProxy: config.trustProxy,
  });
  await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw listenTrouble(error, config);
  });
  return app;
}

/** Requests under way may end; one that was never sent whole holds up the stop no longer than this. */
const graceMs = 3_000;

async function closeApp(app: FastifyInstance): Promise<void> {
  const deadline = setTimeout(() => app.server.closeAllConnections(), graceMs);
  await app.close();
  clearTimeout(deadline);
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function addressOf(app: FastifyInstance, config: Config): string {
  const address: AddressInfo | string | null = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  return (
    config.publicUrl ??
    `http://${config.host === "127.0.0.1" || config.host === "::1" ? "localhost" : config.host}:${port}`
  );
}

function announce(address: string, lines: ((address: string) => string)[]): void {
  console.log(`Rapport is ready at ${address}`);
  for (const line of lines) console.log(line(address));
}
