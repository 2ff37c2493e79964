variable "plain" { default = "text" }
variable "number" {
  type    = number
  default = "12.50"
}
variable "flag" {
  type    = bool
  default = "true"
}
variable "strings" {
  type    = list(string)
  default = ["b", 1, true]
}
variable "numbers" {
  type    = set(number)
  default = [3, 1, "2", 1]
}
variable "labels" {
  type    = map(string)
  default = { one = 1, two = true, three = "x" }
}
variable "anything" {
  type    = any
  default = { list = [1, "two", { three = 3 }], null = null }
}
variable "list_of_any" {
  type    = list(any)
  default = [1, "b", false]
}
variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "alarms" {
  type = map(object({
    threshold = number
    period    = optional(number, 300)
    name      = optional(string)
    enabled   = optional(bool, true)
    tags      = optional(map(string), { made = "here" })
    inner = optional(object({
      x    = optional(string, "deep")
      list = optional(list(number), [1, 2])
    }), {})
  }))
  default = {
    a = { threshold = "1" }
    b = { threshold = 2, period = "60", dropped = true, inner = { x = null } }
    c = { threshold = 3, enabled = "false", tags = {}, inner = { x = "given", list = ["7"] } }
  }
}
variable "from_tfvars" { type = list(object({ name = string, size = optional(number, 5) })) }
variable "from_auto" { type = string }
variable "from_auto_json" { type = map(number) }
variable "overridden" { default = "of main" }
variable "required" { type = string }
variable "nothing" {
  type    = string
  default = null
}
