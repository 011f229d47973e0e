import { placeOf } from "./ecr-places.ts";
import type { Service } from "./services.ts";
import type { TaskDefinition } from "./task-definitions.ts";

/** Something that a task on Fargate has to reach before its containers run. */
export interface Destination {
  /** What people call it. */
  readonly name: string;
  /** How the name of its VPC endpoints ends, such as `ecr.api`; null where there are none. */
  readonly service: string | null;
  readonly region: string;
}

const names = {
  secretsmanager: "Secrets Manager",
  ssm: "Parameter Store",
  "ecr.api": "ECR's API",
  "ecr.dkr": "ECR's registry",
  s3: "S3",
  logs: "CloudWatch Logs",
};

/** Registries that are on the internet and nowhere else; under any other name one may stand within the network. */
const registries = ["docker.io", "public.ecr.aws", "ghcr.io", "quay.io", "registry.gitlab.com", "mcr.microsoft.com", "registry.k8s.io"];

/**
 * What a task must reach to start: where its secrets, images and logs are. Of images, S3 has the layers.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export function destinationsOf({ arn, containers, references }: TaskDefinition): readonly Destination[] {
  const own = arn.split(":")[3] ?? "";
  const aws = (service: keyof typeof names, region: string | null = own): Destination => {
    const where = region ?? own;
    return { name: where === own ? names[service] : `${names[service]} in ${where}`, service, region: where };
  };
  const all = [
    ...references.flatMap(({ target }) =>
      target.to === "secret" ? aws("secretsmanager", target.region) : target.to === "parameter" ? aws("ssm", target.region) : [],
    ),
    ...containers.flatMap(({ image, log, environmentFiles }) => {
      const place = placeOf(image);
      const registry = registryOf(image);
      return [
        ...(place ? (["ecr.api", "ecr.dkr", "s3"] as const).map((service) => aws(service, place.region)) : []),
        ...(registries.includes(registry) ? [{ name: registry, service: null, region: own }] : []),
        ...(environmentFiles ? [aws("s3")] : []),
        ...(log?.group ? [aws("logs", log.region)] : []),
      ];
    }),
  ];
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** The host of an image's registry: Docker Hub's, where none is named. */
function registryOf(image: string): string {
  const [host = "", ...rest] = image.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(host) ? host : "docker.io";
}

const fargate = ["FARGATE", "FARGATE_SPOT"];

/** Whether tasks fetch images and secrets by their own network interface. Elsewhere the instance that they run on does it for them. */
export const fetchesItself = ({ launchType, capacityProviders, network }: Pick<Service, "launchType" | "capacityProviders" | "network">) =>
  network !== null &&
  (launchType === "FARGATE" || (capacityProviders.length > 0 && capacityProviders.every((provider) => fargate.includes(provider))));
