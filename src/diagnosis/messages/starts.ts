import type { Rule } from "./rule.ts";

const libc = {
  cause: "image-platform-mismatch",
  tellsApart: "the file is in the image: then its interpreter is missing, or it was built for another platform",
} as const;

/** Creating and starting a container. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cannot-start-container.html */
export const starts: readonly Rule[] = [
  {
    cause: "disk-full",
    says: /no space left|thin pool|free data blocks|disk quota exceeded|(not enough|insufficient|out of) (disk|ephemeral|storage)? ?(space|storage)|disk (is )?full|ephemeral storage .*(full|exceeded|insufficient)/,
  },
  {
    cause: "disk-full",
    says: /devmapper/,
    unless: /dm_task_run|error running/,
    open: [{ cause: "platform-internal-error", tellsApart: "docker info on the instance: the thin pool has data blocks left" }],
  },
  {
    cause: "container-oom",
    says: /outofmemory|out of memory|oom[- ]?kill|killed due to memory|exceed\w* (its |the )?memory|memory limit (was |has been )?exceeded/,
  },
  {
    cause: "invalid-task-configuration",
    says: /error mounting|invalid mount|no such device|device driver|unknown runtime|duplicate mount|invalid volume|\bsysctl|\bulimit|read-only file system|unable to find user|entries in passwd|no users found|\brlimits?\b|custom device|device information/,
  },
  { cause: "platform-internal-error", says: /\bcgroups?\b/ },
  {
    cause: "bad-entrypoint",
    says: /exec user process caused:? "?(no such file|permission denied)/,
    open: [libc],
  },
  {
    cause: "bad-entrypoint",
    says: /executable file not found|no command specified|command not found|(sh|bash|path):? (line )?\d+: \S+: not found|exec: .*(no such file|permission denied|is a directory|not found)|exec: program:? stat\b|container process\b.*(no such file|permission denied|is a directory)|exec (path|\S+):? (failed: )?(no such file|permission denied)|chdir to cwd|entrypoint.*(not found|no such file|permission denied|not executable)/,
  },
];
