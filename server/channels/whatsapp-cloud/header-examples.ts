import { readFile, stat } from "node:fs/promises";
import { type Json, type JsonObject, jsonObjectOf, numberOf, textOf } from "../../../shared/json.ts";
import type { Ctx } from "../../domain/context.ts";
import { DomainError, invalid } from "../../domain/domain-error.ts";
import { getMedia, type Media } from "../../domain/media/get-media.ts";
import type { MediaFiles } from "../../domain/media/media-files.ts";
import { askGraph, type GraphAccess, GraphCallFailed, saidAsRefusal } from "./ask-graph.ts";

type Examples = { ctx: Ctx; files: MediaFiles; access: GraphAccess };

/**
 * A header's example may name a file stored here (`media_id`). WhatsApp wants it uploaded to the app, not to the number, and takes it
 * by the handle which that gives. All files are looked for before the first leaves.
 */
export async function withHeaderExamples(examples: Examples, components: Json): Promise<Json> {
  const handles = new Map<number, string>();
  const wanted = await Promise.all([...new Set(mediaIdsIn(components))].map((id) => storedFile(examples, id)));
  for (const file of wanted) handles.set(file.id, await upload(examples, file));
  return handles.size === 0 ? components : withHandles(components, handles);
}

type Stored = { id: number; storageKey: string; mimeType: string; name: string };

function mediaIdsIn(components: Json): number[] {
  return partsOf(components).flatMap((part) => {
    const id = exampleOf(part);
    const cards = partsOf(part.cards).flatMap((card) => mediaIdsIn(card.components ?? []));
    return id === undefined ? cards : [id, ...cards];
  });
}

function withHandles(components: Json, handles: Map<number, string>): Json {
  return partsOf(components).map((part): JsonObject => {
    const handle = handles.get(exampleOf(part) ?? 0);
    if (handle !== undefined) return { ...part, example: { header_handle: [handle] } };
    if (!Array.isArray(part.cards)) return part;
    const cards = partsOf(part.cards).map((card) => ({
      ...card,
      components: withHandles(card.components ?? [], handles),
    }));
    return { ...part, cards };
  });
}

function exampleOf({ type, example }: JsonObject): number | undefined {
  return textOf(type)?.toUpperCase() === "HEADER" ? numberOf(jsonObjectOf(example)?.media_id) : undefined;
}

function partsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.map((item) => jsonObjectOf(item) ?? {}) : [];
}

async function storedFile({ ctx, files }: Examples, id: number): Promise<Stored> {
  const media: Media | undefined = await getMedia(ctx, id).catch((error: unknown) => {
    if (error instanceof DomainError) return undefined;
    throw error;
  });
  if (!media?.storageKey || !media.mimeType) throw noFile(id);
  await onDisk(id, stat(files.pathOf(media.storageKey)));
  return { id, storageKey: media.storageKey, mimeType: media.mimeType, name: media.filename ?? `file-${id}` };
}

/** A row may outlive its file: a folder that was put back from an older copy. */
async function onDisk<Found>(id: number, asked: Promise<Found>): Promise<Found> {
  return asked.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw noFile(id);
    throw error;
  });
}

function noFile(id: number): DomainError {
  return invalid("components", `There is no file with the id ${id}.`);
}

async function upload({ files, access }: Examples, { id, storageKey, mimeType, name }: Stored): Promise<string> {
  const bytes = await onDisk(id, readFile(files.pathOf(storageKey)));
  const query = { file_name: name, file_length: String(bytes.length), file_type: mimeType };
  return saidAsRefusal("components", async () => {
    // "app" is whichever app the token belongs to.
    const session = await askGraph(access, { method: "POST", path: "/app/uploads", query });
    const sessionId = textOf(session.id);
    if (sessionId === undefined) throw new GraphCallFailed("it opened no upload for the example");
    const { h: handle } = await askGraph(access, { method: "POST", path: `/${sessionId}`, upload: bytes });
    if (typeof handle !== "string") throw new GraphCallFailed("it gave no handle for the example");
    return handle;
  });
}
