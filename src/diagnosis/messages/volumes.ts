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
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-ebs-volumes-scenarios.html
  {
    cause: "kms-decrypt-denied",
    says: /\bebs volume\b.*idempotentparametermismatch/,
    open: [{ cause: "platform-internal-error", tellsApart: "the volume is under AWS's own key, and the next task gets its volume" }],
  },
  {
    cause: "invalid-task-configuration",
    says: /\bebs volume\b.*(timed out|attachment|invalid|not supported|does not exist)|(timed out|attachment|invalid) .*\bebs volume\b/,
    open: [
      { cause: "platform-internal-error", tellsApart: "the file system named is the one of the snapshot, and fits the task's platform" },
    ],
  },
];
