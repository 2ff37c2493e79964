/// Operators new and delete of the whole program, by mimalloc: reading a large template is many small allocations, and
/// of several threads those of glibc wait for the kernel.
#include <mimalloc-new-delete.h>
