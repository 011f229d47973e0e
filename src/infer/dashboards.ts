import { dashboards } from "../facts/dashboards.ts";
import { targetGroups } from "../facts/target-groups.ts";
import { taskDefinitions } from "../facts/task-definitions.ts";
import { shownIn } from "../facts/widgets.ts";
import { defineSection } from "../section.ts";

/** Of the dashboards that are called after the stack, those that show something of it: a name alone may mean much else. */
export default defineSection({
  section: "dashboards",
  // Which stores are the stack's is known from its task definitions.
  from: [dashboards, targetGroups, taskDefinitions],
  fills: ["dashboards"],
  after: ["databases", "caches"],

  find(look, config) {
    const { dashboards: named = [] } = config;
    if (named.length === 0) return {};
    const groups = look(targetGroups);
    const showing = look.entries(dashboards).filter(([, { drawn }]) => {
      const here = drawn.filter(({ region }) => [null, config.region ?? region].includes(region));
      return shownIn(here, { config, groups: () => groups }).own.length > 0;
    });
    return { dashboards: showing.map(([name]) => name) };
  },
});
