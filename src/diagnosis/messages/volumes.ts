import type { Rule } from "./rule.ts";

/** Files that have to be there before a container starts: EFS, and environment files in S3. Whatever the inner error, this is what it hit. */
export const volumes: readonly Rule[] = [
  { cause: "env-file-unreadable", about: "env-file" },
  {
    cause: "efs-mount-failed",
    says: /copy file info for path/,
    open: [
      { cause: "platform-internal-error", tellsApart: "the volume is a local one of docker's, not EFS" },
      { cause: "invalid-task-configuration", tellsApart: "an access point with a PosixUser over a folder that the image owns as root" },
    ],
  },
  { cause: "efs-mount-failed", says: /failed to chown .*operation not permitted/ },
  {
    cause: "efs-mount-failed",
    says: /amazon-ecs-volume-plugin/,
    open: [{ cause: "platform-internal-error", tellsApart: "ecs-volume-plugin.log on the instance: the plugin itself is down" }],
  },
  { cause: "efs-mount-failed", about: "efs" },
];
