import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the pages' requests go while `vite` serves the files itself; `bin/dev` sets it. */
const server = process.env.RAPPORT_DEV_SERVER ?? "http://127.0.0.1:5001";

export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // Fonts and pictures stay files: data: URLs in styles would need a wider policy.
    assetsInlineLimit: 0,
    // No polyfill: it would be the one inline script of the page.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/v1": server, "/auth": server, "/api": server, "/health": server },
  },
});
