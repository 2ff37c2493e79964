variable "name" {
  type     = string
  default  = "standard"
  nullable = false
}
variable "extra" { default = null }

resource "terraform_data" "this" {
  input = { name = var.name, path = path.module, extra = var.extra }
}

output "name" { value = var.name }
output "upper" { value = upper(var.name) }
output "extra" { value = var.extra == null ? "none" : var.extra }
