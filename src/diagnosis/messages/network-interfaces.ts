import type { Rule } from "./rule.ts";

/** The task's own network interface. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/failed-to-start-error.html */
export const networkInterfaces: readonly Rule[] = [
  {
    cause: "api-throttled",
    says: /(rate (limit )?exceeded|requestlimitexceeded|throttl).*network interface|network interface.*(rate (limit )?exceeded|requestlimitexceeded|throttl)/,
    open: [{ cause: "eni-provisioning-failed", tellsApart: "whether it still happens once fewer tasks start at a time" }],
  },
  {
    cause: "eni-or-ip-exhausted",
    says: /insufficientfreeaddresses|(not|no) (have )?(enough |any )?(free|available) (ip(v4|v6)? )?addresses|insufficient (free )?(ip )?addresses|subnet .*(exhausted|is full|out of ip)|insufficientcidrblocks|maximum number of network interfaces|(not enough|no) (free |available )+(network interfaces?|enis?)\b|(networkinterface|attachment|privateipaddress|eni) ?limit ?(exceeded|reached)/,
  },
  {
    cause: "eni-or-ip-exhausted",
    says: /unused device index/,
    open: [
      { cause: "eni-provisioning-failed", tellsApart: "it happens although the instance has network interfaces to spare" },
      { cause: "insufficient-cpu-memory", tellsApart: "CPU and memory left on the instance, against what the task asks for" },
    ],
  },
  // AWS says of this one, without a code behind it, that the subnet has no address left.
  {
    cause: "eni-or-ip-exhausted",
    says: /create network interface .*in subnet \S+$/,
    open: [{ cause: "eni-provisioning-failed", tellsApart: "aws ec2 describe-subnets: AvailableIpAddressCount is not near zero" }],
  },
  {
    cause: "eni-provisioning-failed",
    says: /network interface|\benis?\b|network ?namespace|netplugin|\bcni\b|tagpolicyviolation|eniinformationerror|device with hardware address/,
    unless: /no container instance|unable to attach network interface( t| to( unus.*)?)?$|create network interface(?!.*: .*\w{8})/,
    open: [
      {
        cause: "eni-or-ip-exhausted",
        tellsApart: "aws ec2 describe-subnets: AvailableIpAddressCount near zero, or no interface left on the instance",
      },
    ],
  },
];
