import { loadStrippedSources } from "./stripped-sources.mjs";

// This file is JavaScript so that Node's type stripper (16 MB) is loaded only where the store has a gap.
loadStrippedSources();
await import("../server/main.ts");
