import { fileURLToPath } from "node:url";
import yaml from "@rollup/plugin-yaml";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// One classic script: it needs document.currentScript, and a page adds it with a single tag.
export default defineConfig({
  root: here("."),
  publicDir: false,
  // The files hold the sentences of the whole service; the widget carries its own only.
  plugins: [yaml({ transform: (file) => ({ widget: (file as { widget: unknown }).widget }) })],
  build: {
    outDir: here("../static"),
    emptyOutDir: false,
    target: "es2021",
    lib: { entry: here("src/index.ts"), formats: ["iife"], name: "NeuvoChat", fileName: () => "neuvo-chat.js" },
  },
});
