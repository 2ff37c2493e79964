locals {
  overridden = "of the override"
}

variable "overridden" { default = "of the override" }

resource "terraform_data" "overridden" {
  input = "of the override"
}
