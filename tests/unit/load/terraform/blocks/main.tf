terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}

provider "aws" {
  region                      = var.region
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "region" { default = "eu-west-1" }
variable "create" { default = true }
variable "secrets" {
  default = {
    db  = { actions = ["GetSecretValue", "BatchGetSecretValue"], threshold = 1 }
    api = { actions = ["GetSecretValue"], threshold = 5 }
  }
}

locals {
  queries = [
    { id = "m1", name = "reads", dimensions = { Kind = "db" } },
    { id = "m2", name = "refusals", dimensions = {} },
  ]
}

data "aws_iam_policy_document" "topic" {
  dynamic "statement" {
    for_each = toset(["cloudwatch", "events"])
    iterator = service
    content {
      sid       = title(service.value)
      actions   = ["sns:Publish"]
      resources = ["*"]
      principals {
        type        = "Service"
        identifiers = ["${service.key}.amazonaws.com"]
      }
    }
  }
}

resource "aws_sns_topic" "alerts" {
  count = var.create ? 1 : 0
  name  = "alerts-${count.index}"
}

resource "aws_cloudwatch_metric_alarm" "math" {
  alarm_name          = "math"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = "2"
  threshold           = 1
  alarm_actions       = aws_sns_topic.alerts[*].arn

  metric_query {
    id          = "e1"
    expression  = join(" + ", local.queries[*].id)
    return_data = "true"
  }
  dynamic "metric_query" {
    for_each = local.queries
    content {
      id = metric_query.value.id
      metric {
        metric_name = "${metric_query.key}-${metric_query.value.name}"
        namespace   = "Secrets"
        period      = 60 * (metric_query.key + 1)
        stat        = "Sum"
        dimensions  = metric_query.value.dimensions
      }
    }
  }
}

module "alarms" {
  source   = "./modules/alarms"
  for_each = var.secrets
  name     = each.key
  settings = each.value
}
