variable "name" { type = string }
variable "sizes" { type = map(number) }

module "leaf" {
  source   = "../leaf"
  for_each = var.sizes
  name     = "${var.name}-${each.key}"
  extra    = each.value + 1
}

output "summary" { value = join(" ", [for k in sort(keys(module.leaf)) : "${k}:${module.leaf[k].name}:${module.leaf[k].extra}"]) }
output "names" { value = values(module.leaf)[*].name }
