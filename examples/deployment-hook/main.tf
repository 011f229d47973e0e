terraform {
  required_version = ">= 1.5"
  required_providers {
    aws     = { source = "hashicorp/aws", version = ">= 6.16" }
    archive = { source = "hashicorp/archive", version = ">= 2.4" }
  }
}

# ---- the function, and what it may do -----------------------------------------------------------------------

# `npm ci` in that folder first: the package goes into the bundle.
data "archive_file" "function" {
  type        = "zip"
  source_dir  = "${path.module}/function"
  output_path = "${path.module}/function.zip"
}

resource "aws_lambda_function" "seaworthy" {
  function_name    = "${var.service}-deployment-hook"
  description      = "Asks whether the ${var.service} that is being deployed is fit to carry traffic. It only reads."
  role             = aws_iam_role.function.arn
  runtime          = "nodejs24.x"
  handler          = "index.handler"
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256

  # One call asks once, which takes seconds; it ends well before this, whatever AWS does.
  timeout = 60
  # CPU comes with memory: with less it starts slowly.
  memory_size = 1024

  # Only where what it probes cannot be reached from outside, such as an internal load balancer. The subnets then need a way to AWS's APIs.
  dynamic "vpc_config" {
    for_each = length(var.function_subnets) > 0 ? [1] : []
    content {
      subnet_ids         = var.function_subnets
      security_group_ids = var.function_security_groups
    }
  }

  depends_on = [aws_cloudwatch_log_group.function]
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.service}-deployment-hook"
  retention_in_days = 30
}

resource "aws_iam_role" "function" {
  name = "${var.service}-deployment-hook"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# The least that it takes: seaworthy policy --config function/seaworthy.config.yaml > policy.json
resource "aws_iam_role_policy" "reads" {
  name   = "seaworthy-reads"
  role   = aws_iam_role.function.id
  policy = jsonencode(jsondecode(file("${path.module}/policy.json")))
}

resource "aws_iam_role_policy" "logs" {
  name = "logs"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.function.arn}:*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "network" {
  count      = length(var.function_subnets) > 0 ? 1 : 0
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

# ---- ECS may call it, and nothing else ------------------------------------------------------------------------

resource "aws_iam_role" "hook" {
  name = "${var.service}-calls-deployment-hook"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "hook" {
  name = "invoke"
  role = aws_iam_role.hook.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = [aws_lambda_function.seaworthy.arn, "${aws_lambda_function.seaworthy.arn}:*"]
    }]
  })
}

# ---- the service that waits for the answer --------------------------------------------------------------------

resource "aws_ecs_service" "service" {
  name            = var.service
  cluster         = var.cluster
  task_definition = var.task_definition
  desired_count   = 2
  launch_type     = "FARGATE"

  deployment_configuration {
    strategy             = "BLUE_GREEN"
    bake_time_in_minutes = 10

    # Before a task has started: what would it die of? After users have been sent to the new tasks: are they served?
    lifecycle_hook {
      hook_target_arn  = aws_lambda_function.seaworthy.arn
      role_arn         = aws_iam_role.hook.arn
      lifecycle_stages = ["PRE_SCALE_UP", "POST_SCALE_UP", "POST_PRODUCTION_TRAFFIC_SHIFT"]
      hook_details     = jsonencode({ seaworthy = { deadline = "5m" } })
    }
  }

  network_configuration {
    subnets         = var.subnets
    security_groups = var.security_groups
  }

  load_balancer {
    target_group_arn = var.target_group
    container_name   = var.container
    container_port   = var.port

    advanced_configuration {
      alternate_target_group_arn = var.alternate_target_group
      production_listener_rule   = var.listener_rule
      role_arn                   = var.load_balancer_role
    }
  }

  # The role must outlive the last deployment.
  depends_on = [aws_iam_role_policy.hook]
}
