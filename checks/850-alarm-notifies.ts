import { defineCheck, fail, pass, sh, skip } from "../src/check.ts";
import { type Alarm, isTopic, redefinition, speakersFor } from "../src/facts/alarm-types.ts";
import { alarms } from "../src/facts/alarms.ts";

export default defineCheck({
  title: "Every alarm notifies somebody",
  why: "An alarm without an action changes its colour on a page that nobody looks at.",
  severity: { "pre-scale-up": "warning", "post-deploy": "warning", "sign-off": "blocker" },
  about: alarms,
  needs: [alarms],
  none: skip("the configuration names no alarm"),

  evaluate(alarm, facts, { config }) {
    const topics = config.notifications?.topics ?? [];
    const heard = (one: Alarm) =>
      one.actions.filter((action) => (topics.length > 0 ? topics.some((topic) => leadsTo(action, topic)) : tells(action)));
    const own = heard(alarm);
    if (own.length > 0) return pass("notifies", { actions: own });

    const speakers = speakersFor(alarm, facts.alarms.all()).filter((one) => heard(one).length > 0);
    const names = speakers.map(({ name }) => name);
    if (names.length > 0) return pass(`notifies by way of ${names.join(" and ")}`, { actions: speakers.flatMap(heard), speakers: names });

    const says =
      topics.length > 0 && alarm.actions.some(tells) ? `notifies none of ${topics.join(", ")}` : "has no action that notifies anybody";
    const [topic] = topics;
    if (topic === undefined) return fail(says, { actions: alarm.actions }, { do: "Give the alarm an action that notifies somebody." });
    const [command, input] = redefinition(alarm, { AlarmActions: [...alarm.actions, topicArn(alarm, topic)] });
    const run = [sh`aws cloudwatch ${command} --cli-input-json ${input}`];
    return fail(says, { actions: alarm.actions, topics }, { do: `Let the alarm notify ${topics.join(" or ")}.`, run });
  },
});

const leadsTo = (action: string, topic: string) => isTopic(action) && action.endsWith(`:${topic}`);

/** Whether an action can reach a person: those that scale, or do something to an instance, tell nobody. */
const tells = (action: string) => !/^arn:[\w-]+:(autoscaling|automate|ec2|swf):/.test(action);

/** The ARN of a topic beside an alarm. */
function topicArn({ arn }: Alarm, topic: string): string {
  const [, partition = "aws", , region = "", account = ""] = arn.split(":");
  return `arn:${partition}:sns:${region}:${account}:${topic}`;
}
