import type { Service } from "./services.ts";

/** Whether AWS runs the tasks of a service, and no instance of ours, which could add to what the task definition says. */
export const isOnFargate = ({ launchType, capacityProviders }: Pick<Service, "launchType" | "capacityProviders">): boolean =>
  launchType === "FARGATE" || capacityProviders.some((provider) => provider === "FARGATE" || provider === "FARGATE_SPOT");

/** Whether a task definition is there to stay: some service is on it, or on its way to it, and not away from it. */
export const isMeant = (services: readonly Pick<Service, "taskDefinition">[], taskDefinition: string): boolean =>
  services.some((service) => service.taskDefinition === taskDefinition);
