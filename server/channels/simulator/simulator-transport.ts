import { type CtxOptions, createCtx } from "../../domain/context.ts";
import { findSimulatedAccount } from "../../domain/simulator/simulated-account.ts";
import { findSimulatedMedia, readSimulatedMedia } from "../../domain/simulator/simulated-media.ts";
import { findTemplateById } from "../../domain/simulator/simulated-templates.ts";
import {
  type GraphAnswer,
  GraphFileTooLarge,
  type GraphRequest,
  type GraphTransport,
} from "../whatsapp-cloud/graph-transport.ts";
import { debugToken, exchangeCode } from "./account-calls.ts";
import { callAccount } from "./call-account.ts";
import { failStanding } from "./fail-call.ts";
import { noSuchObject, ok } from "./graph-call.ts";
import { GraphRefusal, refusalAnswer } from "./graph-refusal.ts";
import { describeMedia, mediaBehind, removeMedia } from "./media-calls.ts";
import { editTemplate, presentTemplate } from "./template-calls.ts";
import { uploadExample } from "./upload-calls.ts";

export type SimulatorTransportOptions = {
  db: CtxOptions["db"];
  /** Signs the addresses of media, as it signs what the simulated phones tell us. */
  appSecret: string;
  now?: () => Date;
};

/** The Graph API in process: the same paths, bodies, checks and errors, with simulated phones behind it. State is in the database. */
export function simulatorTransport(options: SimulatorTransportOptions): GraphTransport {
  const { db, appSecret, now = () => new Date() } = options;
  return {
    async call(request) {
      try {
        return await answer(options, request);
      } catch (error) {
        if (error instanceof GraphRefusal) return refusalAnswer(error);
        throw error;
      }
    },
    async download(url, { maxBytes }) {
      const file = await mediaBehind(db, url, { appSecret, now: now() });
      const stored = file && (await readSimulatedMedia(db, file.mediaId, file.companyId));
      if (!stored) return { bytes: new Uint8Array(), mimeType: null, status: 404 };
      if (stored.bytes.length > maxBytes) throw new GraphFileTooLarge("The file is larger than allowed.");
      return { bytes: stored.bytes, mimeType: stored.mimeType, status: 200 };
    },
  };
}

async function answer(options: SimulatorTransportOptions, request: GraphRequest): Promise<GraphAnswer> {
  const [id = "", edge, ...rest] = request.path.split("/").filter((part) => part !== "");
  if (rest.length > 0) throw unknownPath(request.path);
  if (id === "oauth" && edge === "access_token") return exchangeCode(request);
  if (id === "app" && edge === "uploads") return uploadExample(request, "open");
  if (id.startsWith("upload:")) return uploadExample(request, "send");
  const account = await findSimulatedAccount(options.db, id === "debug_token" ? tokenTarget(request) : id);
  if (id === "debug_token") {
    const failing = account && (await failStanding(contextOf(options, account.companyId), request, "look"));
    return debugToken(request, { isValid: failing === undefined });
  }
  if (account) return callAccount({ ctx: contextOf(options, account.companyId), account, request }, edge);
  if (edge === undefined) return callObject(options, request, id);
  throw noSuchObject(request.method, id);
}

/** Media and templates are named by their id alone. */
async function callObject(options: SimulatorTransportOptions, request: GraphRequest, id: string): Promise<GraphAnswer> {
  const { db, appSecret, now = () => new Date() } = options;
  const file = await findSimulatedMedia(db, id, now());
  const template = file ? undefined : await findTemplateById(db, id);
  const owner = file ?? template;
  if (!owner) throw noSuchObject(request.method, id);
  const ctx = contextOf(options, owner.companyId);
  const failing = await failStanding(ctx, request, "call");
  if (failing) return failing;
  if (file && request.method === "GET") return describeMedia(file, appSecret, now());
  if (file && request.method === "DELETE") return removeMedia(ctx, id);
  if (template && request.method === "GET") return ok(presentTemplate(template));
  if (template && request.method === "POST") return editTemplate(ctx, template, request);
  throw noSuchObject(request.method, id);
}

function contextOf({ db, now }: SimulatorTransportOptions, companyId: number) {
  return createCtx({ db, companyId, actor: { kind: "system" }, ...(now ? { now } : {}) });
}

function tokenTarget(request: GraphRequest): string {
  return request.query?.input_token?.replace(/^simulated-/, "") ?? "";
}

function unknownPath(path: string): GraphRefusal {
  return new GraphRefusal(2500, `Unknown path components: ${path}`);
}
