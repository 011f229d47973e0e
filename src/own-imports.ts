import { registerHooks } from "node:module";
import { extname } from "node:path";

/** What can be imported of seaworthy, and where it is: beside this module, in the source as in what is built of it. */
const modules = /^seaworthy(?:\/(facts\/[a-z-]+|vitest))?$/;

const formats: Readonly<Record<string, string>> = {
  ".ts": "module-typescript",
  ".mts": "module-typescript",
  ".js": "module",
  ".mjs": "module",
};

/**
 * From now on `import "seaworthy"`, wherever it is written, means the seaworthy that runs: it need not be installed beside a check, and
 * there is one copy of it. And code in the folder is ES modules, whatever a package.json near it says or does not say.
 */
export function importsLeadHere(folder: URL): void {
  registerHooks({
    resolve(specifier, context, next) {
      const found = modules.exec(specifier);
      if (found) return { url: new URL(`./${found[1] ?? "index"}${extname(import.meta.url)}`, import.meta.url).href, shortCircuit: true };
      const resolved = next(specifier, context);
      const isOwn = resolved.url.startsWith(folder.href) && !resolved.url.includes("/node_modules/");
      const format = isOwn ? formats[extname(resolved.url)] : undefined;
      return format === undefined ? resolved : { ...resolved, format };
    },
  });
}
