import type { Rule } from "./rule.ts";

const byDeployment =
  "the task's revision: one older than the service's was replaced by a deployment, the same one was stopped because fewer were wanted";

/**
 * What a service does all day. It is asked first, and of the beginning of what is said, so that no name and no aside makes it a failure.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
const progress: readonly Rule[] = [
  { cause: "benign-steady-state", core: /(steady|stable)[ _]state/ },
  { cause: "benign-steady-state", core: /^updated (state|computed ?desired ?count|stability ?status|desired count)/ },
  { cause: "benign-steady-state", core: /^(has )?(successfully )?(started|stopped) \S+ (running |pending )?tasks?\b/ },
  { cause: "benign-steady-state", core: /^(has )?(de)?registered \S+ (new )?(targets?|instances?|tasks?)\b/ },
  {
    cause: "benign-steady-state",
    core: /^(was )?updated successfully|^was successful|^setting desired count|^amazon ecs replaced \d|^service status\b|^registered service discovery|^desired count (was )?changed/,
  },
  { cause: "benign-steady-state", core: /^has begun draining/ },
  {
    cause: "benign-steady-state",
    core: /^(is )?(not )?az balanced\b|^(az|availability[- ]zone) rebalanc\w+ (is |was |has )?(in progress|started|completed|stopped)|^(has )?stopped az rebalanc/,
  },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/track-service-rebalancing.html
  {
    cause: "benign-steady-state",
    core: /^(az|availability[- ]zone) rebalanc\w+ initiated by|^(task |service )?(was )?(stopped|replaced) (by|due to|because of|for) (az|availability[- ]zone) rebalanc/,
    open: [{ cause: "deployment-replaced", tellsApart: byDeployment }],
  },
  {
    cause: "benign-steady-state",
    core: /^((ecs|service) )?deployment (\S+ )?(was |is )?(completed|successful|in progress|started)/,
  },
  {
    cause: "benign-steady-state",
    core: /^(service_steady_state|taskset_steady_state|capacity_provider_steady_state|service_deployment_(completed|in_progress)|service_desired_count_updated|service_rebalancing_\w+|tasks_stopped)\b/,
  },
  {
    cause: "benign-steady-state",
    core: /^successfully set (desired count|min|max)/,
    open: [{ cause: "scaled-in", tellsApart: "whether the new desired count is lower than the one before" }],
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
  { cause: "benign-steady-state", says: /elb\.(registrationinprogress|initialhealthchecking)|target\.deregistrationinprogress/ },
  {
    cause: "benign-steady-state",
    says: /(initial health checks|(target|instance) (de)?registration)( is| are)?( still)? in progress|currently passing .*health checks|no override is currently active/,
  },
  { cause: "scaled-in", core: /^scaling activity initiated by/, open: [{ cause: "deployment-replaced", tellsApart: byDeployment }] },
  {
    cause: "scaled-in",
    core: /^(task |service )?(was )?scaled[ -](in|down)|^(the )?desired count (of .*)?(was )?(decreased|reduced|lowered|set to \d+$)|^(stopped|task stopped) (by|due to|because of) (a )?(service )?scal/,
    open: [{ cause: "deployment-replaced", tellsApart: byDeployment }],
  },
  {
    cause: "deployment-replaced",
    core: /service scheduler initiated|^initiated action by/,
    open: [{ cause: "scaled-in", tellsApart: byDeployment }],
  },
  {
    cause: "deployment-replaced",
    core: /\b(replaced|superseded) (by|with|during|because of) .*(deployment|task ?set|revision|task definition|version)|^(stopped|task stopped) (by|during|due to|because of) (a |the )?(new(er)? )?(deployment|rollout)/,
    open: [{ cause: "scaled-in", tellsApart: byDeployment }],
  },
  {
    cause: "user-stopped",
    core: /^(task |service )?(was )?(manually )?(stopped|killed|terminated|deleted|deregistered) (manually|by (a |the )?(user|person|operator|administrator|jenkins|airflow|scheduler|pipeline)|via (the )?(console|cli|api))/,
  },
  { cause: "user-stopped", core: /\bcancell?ed via |\bstack (was|is being) deleted$/ },
  { cause: "user-stopped", core: /deregist\w+ (was )?forced by user|^user[- ]?initiated|^service (was |has been )?deleted/ },
  {
    cause: "user-stopped",
    core: /container instance (is |was )?(in |set to )?draining|^task stopped because its container instance/,
    open: [
      { cause: "host-terminated", tellsApart: "whether the instance was then terminated, and by whom: its Auto Scaling activities say so" },
    ],
  },
];

/** What no message says of a service at its work. */
const failed = /[a-z](error|exception)\b|\b(unable|fail(ed|ure)?|cannot|can't|could not|did not|not reach\w*)\b/;

export const benign: readonly Rule[] = progress.map((rule) => ({ ...rule, unless: failed }));
