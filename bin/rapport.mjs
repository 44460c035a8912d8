import { enableCompileCache } from "node:module";

// Stripping types and compiling 500 files costs half a second a start; the cache is Node's own and checks each file's content.
// This file is JavaScript so that the stripper itself (16 MB) is loaded only where the cache has a gap.
enableCompileCache();
await import("../server/main.ts");
