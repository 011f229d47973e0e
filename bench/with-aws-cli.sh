#!/usr/bin/env bash
# The same five questions as a straightforward shell script asks them: secret, task definition, targets, health endpoint, alarms.
set -euo pipefail
cluster=ohmycoins-prod-cluster
service=ohmycoins-prod-backend
secret=ohmycoins-prod-app-secrets

keys=$(aws secretsmanager get-secret-value --secret-id "$secret" --query SecretString --output text | tr ',' '\n' | cut -d'"' -f2)
definition=$(aws ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].taskDefinition' --output text)
wanted=$(aws ecs describe-task-definition --task-definition "$definition" --query 'taskDefinition.containerDefinitions[].secrets[].valueFrom' --output text)
for reference in $wanted; do
  key=$(echo "$reference" | cut -d: -f8)
  grep -qx "$key" <<<"$keys" || { echo "missing $key"; exit 1; }
done

group=$(aws ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].loadBalancers[0].targetGroupArn' --output text)
states=$(aws elbv2 describe-target-health --target-group-arn "$group" --query 'TargetHealthDescriptions[].TargetHealth.State' --output text)
for state in $states; do [ "$state" = healthy ] || { echo "a target is $state"; exit 1; }; done

for _ in 1 2 3; do
  [ "$(curl -s -H 'Host: api.ohmycoins.com' "$HEALTH_URL")" = true ] || { echo "the endpoint is not healthy"; exit 1; }
done

sounding=$(aws cloudwatch describe-alarms --state-value ALARM --query 'length(MetricAlarms)' --output text)
[ "$sounding" = 0 ] || { echo "$sounding alarms sound"; exit 1; }
echo ready
