variable "name" {}
variable "settings" {
  type = object({
    actions   = list(string)
    threshold = number
    period    = optional(number, 300)
  })
}
variable "transformations" {
  type = list(object({ name = string, namespace = optional(string, "Secrets"), value = optional(string, "1") }))
  default = [{ name = "reads" }]
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  name           = var.name
  log_group_name = "trail"
  pattern        = "{ ${join(" || ", formatlist("$.eventName = %q", var.settings.actions))} }"

  dynamic "metric_transformation" {
    for_each = [for t in var.transformations : merge(t, { name = "${var.name}-${t.name}" })]
    content {
      name          = metric_transformation.value.name
      namespace     = metric_transformation.value["namespace"]
      value         = metric_transformation.value.value
      default_value = lookup(metric_transformation.value, "default_value", null)
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  alarm_name          = "${var.name}-read"
  metric_name         = one(aws_cloudwatch_log_metric_filter.this.metric_transformation[*].name)
  namespace           = "Secrets"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  statistic           = "Sum"
  period              = var.settings.period
  threshold           = var.settings.threshold
  treat_missing_data  = "notBreaching"
}
