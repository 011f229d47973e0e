import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, type Sampler, TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The sampler that OTEL_TRACES_SAMPLER names; what is misspelt or not set is `parentbased_always_on`.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
 */
export function samplerOf(environment: Environment): Sampler {
  const [, parentBased, name] = /^(parentbased_)?(always_on|always_off|traceidratio)$/.exec(environment["OTEL_TRACES_SAMPLER"] ?? "") ?? [];
  const stated = Number(environment["OTEL_TRACES_SAMPLER_ARG"] || 1);
  const ratio = stated >= 0 && stated <= 1 ? stated : 1;
  const roots = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  };
  const root = roots[(name ?? "always_on") as keyof typeof roots]();
  return name === undefined || parentBased ? new ParentBasedSampler({ root }) : root;
}
