terraform {
  required_version = ">= 1.5"
}

locals {
  overridden = "of main"
  prefix  = "${var.plain}-${local.suffix}"
  suffix  = upper(substr(var.plain, 0, 2))
  merged  = merge({ for k, v in var.labels : k => upper(v) }, { extra = join(",", var.strings) })
  numbers = sort([for n in var.numbers : tostring(n)])
  grouped = { for s in ["ab", "ac", "bd"] : substr(s, 0, 1) => s... }
  nested  = flatten([for k, a in var.alarms : [for n in a.inner.list : "${k}${n}"]])
  deep    = { a = { b = [{ c = "found" }] } }
  policy  = jsonencode({ Version = "2012-10-17", Statement = [{ Action = ["sns:Publish"], Effect = "Allow" }] })
}

resource "terraform_data" "variables" {
  input = {
    plain          = var.plain
    number         = var.number
    flag           = var.flag
    strings        = var.strings
    numbers        = var.numbers
    labels         = var.labels
    anything       = var.anything
    list_of_any    = var.list_of_any
    pair           = var.pair
    alarms         = var.alarms
    from_tfvars    = var.from_tfvars
    from_auto      = var.from_auto
    from_auto_json = var.from_auto_json
    overridden     = var.overridden
    required       = var.required
    nothing        = var.nothing
  }
}

resource "terraform_data" "locals" {
  input = {
    prefix   = local.prefix
    merged   = local.merged
    numbers  = local.numbers
    grouped  = local.grouped
    nested   = local.nested
    deep     = local.deep.a.b[0].c
    policy   = local.policy
    length   = length(local.nested)
    lookup   = lookup(local.merged, "missing", "standard")
    tried    = try(local.deep.a.x, local.deep.a.b[3], "none of these")
    can      = can(local.deep.z)
    formatted = format("%05.1f|%-5s|%q|%t", var.number, "ab", "c\"d", var.flag)
    heredoc  = <<-EOT
      line of ${var.plain}
        %{for k, v in var.labels~}
      ${k}=${v};
      %{endfor~}
      %{if var.flag}yes%{else}no%{endif}
    EOT
    splat    = values(var.alarms)[*].threshold
    ternary  = var.nothing == null ? "null" : var.nothing
    coalesce = coalesce(var.nothing, "first")
    zip      = zipmap(["a", "b"], [1, 2])
    regex    = regexall("[a-z]+", "ab1cd2")
    element  = element(var.strings, 4)
    range    = range(3)
    overridden = local.overridden
  }
}

resource "terraform_data" "counted" {
  count = length(var.strings)
  input = "${count.index}-${var.strings[count.index]}"
}

resource "terraform_data" "none" {
  count = var.flag ? 0 : 1
  input = "not there"
}

resource "terraform_data" "some" {
  count = var.flag ? 1 : 0
  input = { others = length(terraform_data.none), all = length(terraform_data.counted), first = try(terraform_data.none[0].input, "none") }
}

resource "terraform_data" "each" {
  for_each = { for k, a in var.alarms : k => a if a.enabled }
  input    = { key = each.key, period = each.value.period, tags = merge(each.value.tags, { key = each.key }) }
}

resource "terraform_data" "set" {
  for_each = toset(concat(var.strings, ["with \"quotes\"", "$${x}"]))
  input    = "${each.key}=${each.value}"
}

resource "terraform_data" "chained" {
  for_each = terraform_data.each
  input    = each.key
}

resource "terraform_data" "paths" {
  input = { module = path.module, root = path.root }
}

resource "terraform_data" "overridden" {
  input            = "of main"
  triggers_replace = "kept"
}

module "single" {
  source = "./modules/middle"
  name   = local.prefix
  sizes  = { s = 1, m = "2" }
}

module "counted" {
  source = "./modules/leaf"
  count  = 2
  name   = "leaf-${count.index}"
}

module "each" {
  source   = "./modules/leaf"
  for_each = { a = "x", b = null }
  name     = each.value
  extra    = each.key
}

resource "terraform_data" "outputs" {
  input = {
    single  = module.single.summary
    all     = module.single
    counted = module.counted[*].name
    one     = module.counted[1].upper
    each    = { for k, m in module.each : k => m.name }
    a       = module.each["a"].extra
  }
}
