import { dashboards } from "../../facts/dashboards.ts";
import { type Material, notFound, oneOf, type Part } from "../part.ts";

/** The dashboards that are about the stack. */
export function dashboardsPart(material: Material): Part {
  const { config, meant } = material;
  const found = config.dashboards ?? [];
  const hinted = meant.hints.dashboards.filter((name) => oneOf(material, dashboards, name));
  const names = [...new Set([...found, ...meant.dashboards, ...hinted])].sort();
  return {
    key: "dashboards",
    about: "The dashboards that must be there, and show this stack.",
    value: names.length === 0 ? undefined : names,
    notes: notFound(material, "dashboards"),
  };
}
