variable "service" {
  description = "The ECS service, by name"
  type        = string
  default     = "shop-api"
}

variable "cluster" {
  description = "The ARN of the ECS cluster"
  type        = string
}

variable "task_definition" {
  description = "The ARN of the task definition, with its revision"
  type        = string
}

variable "container" {
  description = "The container that users are sent to"
  type        = string
}

variable "port" {
  description = "The port on which it listens"
  type        = number
}

variable "subnets" {
  description = "Where the tasks run"
  type        = list(string)
}

variable "security_groups" {
  description = "Of the tasks"
  type        = list(string)
}

variable "target_group" {
  description = "The ARN of the target group that serves first"
  type        = string
}

variable "alternate_target_group" {
  description = "The ARN of the other one of the pair"
  type        = string
}

variable "listener_rule" {
  description = "The ARN of the listener rule that sends users to one of the pair"
  type        = string
}

variable "load_balancer_role" {
  description = "The ARN of the role by which ECS moves the traffic"
  type        = string
}

variable "function_subnets" {
  description = "Private subnets for the function, where it has to reach what is not open to the internet"
  type        = list(string)
  default     = []
}

variable "function_security_groups" {
  description = "Of the function, where it has subnets"
  type        = list(string)
  default     = []
}
