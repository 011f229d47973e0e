/** What tools put around a message, and whom it is about. It means nothing, wherever it stands among the wrappers. */
const around: readonly RegExp[] = [
  /^["']?[\w -]{1,40}["'] ?: ?|^(unhealthy|unused|initial|draining|unavailable): /,
  /^\[?(trace|debug|info|notice|warn(ing)?|err(or)?|fatal?|critical)(\[\d+\]|\]:?|:| -) ?/,
  /^["'`[{]+|^(?:[|>*•·→-]|\p{So}\ufe0f?)+/u,
  /^\[?(\d{4}[-/]\d\d[-/]\d\d[t ])?\d\d:\d\d(:\d\d)?([.,]\d+)? ?(z|utc|gmt|[ap]m|[+-]\d\d:?\d\d)?\]? +/,
  /^(\d{10}(\.\d+)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}) |^events? (?=[\d(])/,
  /^(task )?stopped reason:? |^status reason:? |^(stoppedreason|statusreason|reasons?|message|error)["']? ?: ["']?/,
  /^stopped ?\(/,
  /^service \([^()]*\) |^service \[[^[\]]*\] /,
  /^\(service( [^\s(),]+)?(, ?task ?set [^\s()]+)?\) /,
  /^service (?!scheduler )[^\s():]+:? (?=\(|was |is |has |failed |could |operations |deployment |timed |task |stopped |ecs |(de)?registered |rolling |unable )/,
  /^(deployment|task|instance|port|task ?set) (?!(de)?registration )\(?[^\s()"]+\)? (?=\(|was |is |has |failed |could |completed|deployment |(de)?registered |rolling |unable )/,
  /^\((deployment|task|instance|port|task ?set) [^\s()]+\) /,
];

/** Stop codes and error classes: what failed on the outside. They may say something, if what is within does not. */
const classes: readonly RegExp[] = [
  /^(was )?unable to place a task\. reason: /,
  /^task failed to start[ :-]+(?=[\w"'(])|^task is stopping[ :]+/,
  /^failed to launch a task with \(error /,
  /^(taskfailedtostart|spotinterruption|userinitiated|essentialcontainerexited|serviceschedulerinitiated|terminationnotice): /,
  /^aws: \[error\]: |^an error occurred \(\w+\) when calling the \w+ operation( \([^)]*\))?: /,
  /^(error: )?resource handler returned message: /,
  /^[a-z]+(error|exception): /,
  /^error response from daemon: /,
  /^.{1,160}?(?=\(service [^\s(),]+(, ?task ?set [^\s()]+)?\) )/,
];

interface Peeled {
  /** The classes that stood around it, the outermost first. */
  readonly classes: string;
  readonly core: string;
}

/** Takes off what stands before a message in lower case, however often it was wrapped. */
export function peeled(text: string, outer = ""): Peeled {
  const start = text.trimStart();
  const before = [...around, ...classes].find((wrapper) => wrapper.test(start));
  const found = before?.exec(start)?.[0] ?? "";
  if (found === "") return { classes: outer, core: start };
  const kept = around.some((wrapper) => wrapper === before) ? "" : found;
  return peeled(start.slice(found.length), outer + kept);
}

const more = / *(for more information, )?see the troubleshooting section[^"]*/;

/** Whether it ends like a sentence, so that nothing is cut off. */
export const isWhole = (text: string): boolean => /[a-z]\.["',)\s]*(\(requesttoken.*)?$/.test(text.replace(more, ""));

/** Without what closes a wrapper, or the sentence. */
export function closed(text: string): string {
  const end = text.replace(more, "").replace(/["'`\s.,:-]+$/, "");
  const unopened = end.endsWith(")") && end.split("(").length <= end.split(")").length - 1;
  return unopened ? closed(end.slice(0, -1)) : end;
}
