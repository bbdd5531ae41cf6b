// vite.config.ts hands over the `widget` section of a language file, nothing else.
declare module "*.yml" {
  export const widget: import("./strings").Words;
}
