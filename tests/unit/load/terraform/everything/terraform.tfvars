from_tfvars = [{ name = "x" }, { name = "y", size = 9 }]
from_auto   = "overridden"
required    = "given"
