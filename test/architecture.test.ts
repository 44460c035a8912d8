import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What the files of a folder may import of our own, by the beginning of the path. The first matching rule counts. */
const arrows: [folder: string, mayImport: string[]][] = [
  ["shared/", ["shared/"]],
  ["server/db/", ["shared/", "server/db/"]],
  ["server/domain/", ["shared/", "server/db/", "server/domain/"]],
  ["server/channels/", ["shared/", "server/domain/", "server/channels/"]],
  ["server/jobs/", ["shared/", "server/db/", "server/domain/", "server/channels/", "server/jobs/"]],
  ["server/api/http/", ["shared/", "server/db/", "server/domain/", "server/api/http/"]],
  ["server/api/", ["shared/", "server/db/", "server/domain/", "server/channels/", "server/api/http/"]],
  ["web/lib/", ["shared/", "web/lib/"]],
  ["web/ui/", ["shared/", "web/lib/", "web/ui/"]],
  ["web/features/", ["shared/", "web/lib/", "web/ui/"]],
  ["web/app/", ["shared/", "web/"]],
];

/** Surfaces and web features may import within their own folder, and not each other. */
const rooms = [/^server\/api\/[^/]+\//, /^web\/features\/[^/]+\//];

const files = ["shared", "server", "web"].flatMap(sources);

describe("the folders", () => {
  test("import only what lies before them", () => {
    const wrong = files.flatMap((file) =>
      importsOf(file).flatMap((target) => (isAllowed(file, target) ? [] : [`${file} imports ${target}`])),
    );
    expect(wrong).toEqual([]);
  });

  test("keep Fastify, vendors and the environment out of the domain", () => {
    const wrong = files
      .filter((file) => file.startsWith("server/domain/"))
      .filter((file) => /from "(fastify|@fastify|graphile-worker)|process\.env/.test(read(file)));
    expect(wrong).toEqual([]);
  });

  test("read the environment in main.ts alone", () => {
    const wrong = files.filter((file) => file !== "server/main.ts" && /process\.env\b/.test(read(file)));
    expect(wrong).toEqual([]);
  });

  test("have no utils, helpers, common or types, and no barrels", () => {
    const wrong = files.filter(
      (file) => /(^|\/)(utils?|helpers?|common|types|index)\.tsx?$/.test(file) && !file.endsWith(".gen.ts"),
    );
    expect(wrong).toEqual([]);
  });
});

describe("a table", () => {
  test("is written by one domain folder only", () => {
    const writers = new Map<string, Set<string>>();
    for (const file of files.filter((name) => name.startsWith("server/") && !name.startsWith("server/db/"))) {
      for (const table of tablesWrittenIn(read(file))) {
        const folder = file.split("/").slice(0, 3).join("/");
        writers.set(table, (writers.get(table) ?? new Set()).add(folder));
      }
    }
    const shared = [...writers]
      .filter(([, folders]) => folders.size > 1)
      .map(([table, folders]) => `${table}: ${[...folders].join(", ")}`);
    expect(shared).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import\() ?"(\.[^"]+)"/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? "")),
  );
}

function isAllowed(file: string, target: string): boolean {
  const room = rooms.map((pattern) => pattern.exec(file)?.[0]).find(Boolean);
  if (room !== undefined && target.startsWith(room)) return true;
  const rule = arrows.find(([folder]) => file.startsWith(folder));
  return rule === undefined || rule[1].some((allowed) => target.startsWith(allowed));
}

function tablesWrittenIn(text: string): string[] {
  const raw = text.matchAll(
    /\b(?:insert into|update|delete from)\s+([a-z_]+)\s*(?:\(|set\b|where\b|using\b|[a-z]{1,2} (?:set|using)\b)/g,
  );
  const built = text.matchAll(/\.(?:insertInto|updateTable|deleteFrom)\("([a-z_]+)"\)/g);
  return [...raw, ...built].map(([, table]) => table ?? "");
}
