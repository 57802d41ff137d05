import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.MAINSTAY_URL ?? "http://127.0.0.1:7420";

export default defineConfig({
  plugins: [react()],
  build: {
    // Nothing inlined: the policy of the server allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    manifest: true,
  },
  server: { proxy: { "/api": server, "/sign-in": server } },
});
